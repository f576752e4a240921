import { describe, expect, it } from "vitest";
import { FORCED, followScript, MILD, SEND } from "../follow-script.ts";

const FORCED_CODE = "storagegateway/force-remove-justified";
const inLibrary = (text: string) => ({ "p.json": MILD, "sub/p.json": FORCED, "lib.sh": text });

describe("a script that another one takes in", () => {
  it.each([
    ["enters a directory", "cd sub", "source ./lib.sh"],
    ["enters a directory, by the name of its own one", "cd sub", 'source "$(dirname "$0")/lib.sh"'],
    ["has a function that enters a directory", "go() { cd sub; }", ". ./lib.sh\ngo"],
    ["changes no directory for good", "X=$(cd /tmp; pwd)\n(cd /)", "cd sub\n. ../lib.sh"],
    ["has a function that nothing calls", "leave() { cd /; }", "cd sub\n. ../lib.sh"],
  ])("is followed where it %s", async (_what, library, before) => {
    const { failed } = await followScript("a.sh", `${before}\n${SEND}`, inLibrary(library));
    expect(failed).toEqual([FORCED_CODE]);
  });

  it.each([
    ["is not there", "", "cd sub\nsource ./other.sh"],
    ["is outside", "", "cd sub\nsource /etc/profile.d/x.sh"],
    ["has a name that only the run knows", "", 'cd sub\nsource "$LIB"'],
    ["goes somewhere unknown", 'cd "$WORK"', ". ./lib.sh"],
    ["writes the file", "sed -i s/a/b/ sub/p.json", ". ./lib.sh\ncd sub"],
    ["has a function that writes the file", "f() { jq . x > sub/p.json; }", ". ./lib.sh\nf\ncd sub"],
    ["is no shell text", "if (", ". ./lib.sh\ncd sub"],
    ["takes in itself", ". ./lib.sh", ". ./lib.sh\ncd sub"],
  ])("leaves the payload unknown where it %s", async (_what, library, before) => {
    const { outcome, failed } = await followScript("a.sh", `${before}\n${SEND}`, inLibrary(library));
    expect([outcome, failed]).toEqual(["undecided", []]);
  });

  it("may be a virtual environment's, which changes nothing", async () => {
    const text = `cd sub\nsource .venv/bin/activate\n${SEND}`;
    expect((await followScript("a.sh", text, inLibrary(""))).failed).toEqual([FORCED_CODE]);
  });

  it.each(["./.env", ".env.local", "config/prod.env", '"$HERE/.env"'])(
    "changes no directory where it is a file of variables: %s",
    async (name) => {
      const text = `cd sub\n[ -f ${name} ] && . ${name}\n${SEND}`;
      expect((await followScript("a.sh", text, inLibrary(""))).failed).toEqual([FORCED_CODE]);
    },
  );

  it("is listed as unread where scripts run each other too deep", async () => {
    const text = `${"eval ".repeat(8)}aws storagegateway $X`;
    expect((await followScript("a.sh", text)).unread).toEqual([1]);
  });
});
