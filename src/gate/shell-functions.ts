/** Functions that put the check in front of `aws`, by shell. */
export const SHELL_FUNCTIONS: Readonly<Record<string, string>> = {
  bash: `aws() { command countersign exec -- aws "$@"; }\n`,
  zsh: `aws() { command countersign exec -- aws "$@"; }\n`,
  fish: "function aws --wraps aws; command countersign exec -- aws $argv; end\n",
};
