const ABOVE_COMMAND = 'put `# countersign: justification="…"` above the command';
const ABOVE_CALL = 'put a comment `countersign: justification="…"` above the call';
const IN_METADATA =
  'add `Countersign: {Justification: "…"}` to the `Metadata` of the resource, or in Terraform a comment `countersign: justification="…"` above it';

/** Where a justification goes, by the container of the request. */
const PLACES: ReadonlyMap<string, string> = new Map([
  ["aws-cli", ABOVE_COMMAND],
  ...[
    "boto3",
    "aws-sdk-js",
    "aws-sdk-go",
    "aws-sdk-java",
    "aws-sdk-ruby",
    "aws-sdk-php",
    "aws-sdk-net",
    "aws-powershell",
  ].map((name) => [name, ABOVE_CALL] as const),
  ["step-functions", "add a `Comment` to the state"],
  ["ssm-automation", "add a `description` to the step"],
  ["scheduler", IN_METADATA],
  ["custom-resource", IN_METADATA],
  ["bare", "write the payload as `request:`, with `operation:` and `justification:` beside it"],
]);

/** The words of a help line for a request that lacks its justification. */
export const howToJustify = (container: string): string =>
  PLACES.get(container) ?? "add `justification:` beside `operation:`";
