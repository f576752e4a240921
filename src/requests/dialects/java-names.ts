/**
 * Member names as the AWS SDK for Java 2 makes them of the API's, which Step Functions and EventBridge Scheduler use
 * (aws-sdk-java-v2, codegen: `DefaultNamingStrategy`, `Utils.unCapitalize`).
 */

/** Keywords of Java, in any case. */
const KEYWORDS = new Set(
  (
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends " +
    "false final finally float for goto if implements import instanceof int interface long native new null package " +
    "private protected public return short static strictfp super switch synchronized this throw throws transient " +
    "true try void volatile while"
  ).split(" "),
);

/** Methods that every object, builder or request of the SDK has. */
const METHODS = new Set(
  (
    "equals finalize getClass hashCode notify notifyAll toString wait builder sdkFields toBuilder " +
    "overrideConfiguration sdkHttpResponse"
  ).split(" "),
);

/** `VPCEndpointDNSName` is `VpcEndpointDNSName`: of capitals in a row, only those at the start become small. */
export function toJavaName(apiName: string): string {
  const small = uncapitalize(apiName);
  const isReserved = KEYWORDS.has(small.toLowerCase()) || METHODS.has(small);
  return capitalize(isReserved ? `${small}Value` : small);
}

function uncapitalize(name: string): string {
  const letters = [...name];
  for (let at = 0; at < letters.length; at++) {
    const isWordStart = at > 0 && /[a-z]/.test(letters[at + 1] ?? "");
    if (at > 0 && (!/[A-Z]/.test(letters[at]!) || isWordStart)) break;
    letters[at] = letters[at]!.toLowerCase();
  }
  return letters.join("");
}

export const capitalize = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
