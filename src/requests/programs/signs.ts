import { ENCODED_BEGINNINGS } from "../scripts/encoded-scripts.ts";

/** Resources of Terraform whose targets and definitions may come from elsewhere. */
const CALLING_RESOURCES = [
  "aws_scheduler_schedule",
  "awscc_scheduler_schedule",
  "aws_sfn_state_machine",
  "awscc_stepfunctions_state_machine",
] as const;

/** What tells of a program that it may hold a call although it names no operation. */
export const CALL_SIGNS: readonly string[] = [...CALLING_RESOURCES, ...ENCODED_BEGINNINGS];

export const hasCallSign = (text: string): boolean => CALL_SIGNS.some((sign) => text.includes(sign));

/** A name that the run puts together: `getattr(client, name)`, `new sdk[name]`, `client[name](…)`, `$client->$name(…)`. */
const COMPUTED =
  /\bgetattr\s{0,9}\(|\bnew\s{1,9}\(?[\w$.]{1,99}\[|[\w$)\]]\s?(?:\?\.)?\[[^\]\n]{1,200}\]\s?!?(?:\?\.)?\(|\b(?:_make_api_call|public_send|__send__)\b|\.send\b|->\{?\$\w/;

export const mayComputeCall = (text: string): boolean => COMPUTED.test(text);
