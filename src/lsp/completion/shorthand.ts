/** Where the cursor is in a value in the AWS CLI's shorthand. */
export interface ShorthandPlace {
  /** The members around it, with 0 for an item of a list. */
  path: (string | number)[];
  /** The names that the structure has already, where a name is written; undefined where a value is. */
  present: ReadonlySet<string> | undefined;
  /** What is written of the name or value. */
  word: string;
}

interface Frame {
  path: (string | number)[];
  present: Set<string>;
  isList: boolean;
}

/** Reads a value up to the cursor: `Enabled=true,Path=s3://b/x,Sc`, `Duration={Unit=`, `Items=[{Key=`. */
export function findShorthandPlace(text: string): ShorthandPlace {
  const frames: Frame[] = [{ path: [], present: new Set(), isList: false }];
  let key: string | undefined;
  let word = "";
  for (const character of text) {
    const frame = frames.at(-1)!;
    if (/[{[]/.test(character) && word === "")
      frames.push({ path: extendPath(frame, key), present: new Set(), isList: character === "[" });
    else if (/[}\]]/.test(character) && frames.length > 1) frames.pop();
    else if (character === "=" && key === undefined && !frame.isList) {
      key = word.replace(/@$/, "");
      frame.present.add(key);
      word = "";
      continue;
    } else if (character !== ",") {
      word += character;
      continue;
    }
    key = undefined;
    word = "";
  }
  const last = frames.at(-1)!;
  const isName = key === undefined && !last.isList;
  return { path: extendPath(last, key), present: isName ? last.present : undefined, word };
}

function extendPath({ path, isList }: Frame, key: string | undefined): Frame["path"] {
  if (isList) return [...path, 0];
  return key === undefined ? path : [...path, key];
}
