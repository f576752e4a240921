/** What messages say of options of the command line, in terms of the page. Longer options come first. */
const TERMS: readonly (readonly [option: RegExp, term: string])[] = [
  [/`--policy resource=FILE`/g, "a file of the tab Policies whose name begins with `resource`"],
  [/`--policy FILE`/g, "a file of the tab Policies"],
  [/say with `--no-resource-policy` that there is none/g, "tick the box where there is none"],
  [/`--context (?:FILE|context)`/g, "a file of the tab Context"],
  [/`--key KEY=VALUE`/g, "the field of condition keys"],
  [/say the name that the AWS CLI has for it: `--service (\w+)`/g, "fill in its service, such as `$1`"],
  [/give it with `--caller ARN`/g, "write it under `caller` in the tab Config"],
  [
    /make one with `countersign schema generate` from its documentation page.*$/gm,
    "make one under Another operation",
  ],
  [
    /for a bare payload, name its operation with `--operation`/g,
    "a bare payload needs `operation:` and `request:` around it",
  ],
  [/`countersign rules list` lists them/g, "the documentation of the rules lists them"],
];

export const inPageTerms = (text: string): string =>
  TERMS.reduce((said, [option, term]) => said.replace(option, term), text);
