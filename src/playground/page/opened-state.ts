import { openExample } from "./examples.ts";
import { readLink } from "./share.ts";
import type { Files } from "./state.ts";
import { describeTab } from "./state.ts";

export interface OpenedState {
  files: Files;
  /** The example that is shown; none where the link has files. */
  example?: string;
  /** Whether the link has files that can't be read. */
  isDamaged: boolean;
}

const FIRST_EXAMPLE = "examples/broken/export.yaml";

const showFirstExample = (isDamaged: boolean): OpenedState => ({
  files: openExample(FIRST_EXAMPLE),
  example: FIRST_EXAMPLE,
  isDamaged,
});

/** There is always a document to write in. */
const withDocument = (files: Files): Files =>
  files.document.length > 0
    ? files
    : { ...files, document: [{ path: describeTab("document").newName, text: "" }] };

/** What an address opens: the files that its fragment holds, or else an example. */
export async function readState(fragment: string): Promise<OpenedState> {
  try {
    const files = await readLink(fragment);
    return files ? { files: withDocument(files), isDamaged: false } : showFirstExample(false);
  } catch {
    return showFirstExample(true);
  }
}
