import { describe, expect, it } from "vitest";
import { FORCED, followScript, MILD, SEND, SHARE } from "../follow-script.ts";

const FILES = { "p.json": FORCED, "sub/p.json": FORCED };
const FORCED_CODE = "storagegateway/force-remove-justified";

describe("the content of a payload's file", () => {
  it.each([
    ["sed -i s/true/false/ p.json"],
    ["sed -i s/true/false/ ./sub/../p.json"],
    ["sed -i s/true/false/ *.json"],
    ['OUT=$PWD/p.json\njq . x > "$OUT"'],
    ['jq . x > "$OUT"'],
    ['jq . x > "$DIR/p.json"'],
    ['jq . x > "${NAME}.json"'],
    ["jq . x >> p.json"],
    ["jq . x >| p.json"],
    ["jq . x &> p.json"],
    ["{ echo; jq . x; } > p.json"],
    ["while read -r x; do echo; done > p.json"],
    ["(cd sub; jq . x > ../p.json)"],
    ["jq . x | tee p.json"],
    ["jq . x | tee -a log.txt p.json >/dev/null"],
    ["jq . p.json > t && mv t p.json"],
    ["cp sub/p.json ."],
    ["ln -sf x p.json"],
    ["aws s3 cp s3://b/p.json p.json"],
    ["aws s3 cp s3://b/p.json ."],
    ["aws s3 sync s3://b ./"],
    ["aws lambda invoke --function-name f p.json"],
    ["aws s3api get-object --bucket b --key k p.json"],
    ["curl -o p.json https://example.com/x"],
    ["curl -sSfLO https://example.com/a/p.json"],
    ["curl --output=p.json https://example.com/x"],
    ["wget https://example.com/p.json"],
    ["wget -qO p.json https://example.com/x"],
    ["python3 gen.py --out p.json"],
    ["python3 gen.py --out=p.json"],
    ["./gen -op.json"],
    ["gen $PWD/p.json"],
    ["terraform output -raw x > p.json"],
    ["yq -i .x=1 p.json"],
    ["perl -pi -e s/a/b/ p.json"],
    ["dd if=x of=p.json"],
    ["tar xzf payloads.tgz"],
    ["tar -C /x --extract -f payloads.tar"],
    ["unzip -o payloads.zip"],
    ["git checkout main"],
    ["git -C . pull"],
    ["patch -p1 < x.diff"],
    ["gen ."],
    ["gen --dir=."],
    ['gen "$PWD"'],
    ["make -C ."],
    ["npx gen -C $PWD"],
    ['docker run -v "$PWD":/work gen'],
    ["sudo sed -i s/true/false/ p.json"],
    ["find . -name x -exec sed -i s/a/b/ {} +"],
    ["ls | xargs sed -i s/a/b/"],
    ["bash -c 'jq . x > p.json'"],
    ["write() { jq . x > p.json; }\nwrite"],
    ['write() { jq . x > "$1"; }\nwrite p.json'],
    ["if a; then jq . x > p.json; fi"],
    ["a || jq . x > p.json"],
    ["X=$(jq . x | tee p.json)"],
    ["bash gen.sh p.json"],
    ["truncate -s 0 p.json"],
    ["rm p.json"],
    ["envsubst < t > p.json"],
    ["exec 3> p.json"],
  ])("is not known behind `%s`", async (before) => {
    const { outcome, failed, requests } = await followScript("a.sh", `${before}\n${SEND}\n`, FILES);
    expect([outcome, failed, requests]).toEqual(["undecided", [], 1]);
  });

  it.each([
    ["make"],
    ["date"],
    ["./prepare.sh"],
    ["./prepare.sh --verbose q.json"],
    ["cat p.json"],
    ["jq -e . p.json >/dev/null"],
    ["test -f p.json || exit 1"],
    ["[ -s p.json ]"],
    ["echo checking p.json"],
    ["sed s/true/false/ q.json"],
    ["jq . x > q.json"],
    ['jq . x > "$DIR/q.json"'],
    ['jq . x > "$NAME.txt"'],
    ["curl -s https://example.com/p.json"],
    ["aws s3 ls s3://b/p.json"],
    ["aws sts get-caller-identity --output text"],
    ["git add p.json\ngit commit -m x\ngit push"],
    ["git rev-parse HEAD > .rev"],
    ["tar czf x.tgz p.json.bak"],
    ["(cd sub; jq . x > p.json)"],
    ["gen sub"],
    ['echo x >> "$GITHUB_OUTPUT"'],
    ["make test 2>&1 | grep x"],
    ["npm ci\nnpm run build"],
    ["write() { jq . x > p.json; }\n# never called before the command"],
  ])("is read behind `%s`", async (before) => {
    expect((await followScript("a.sh", `${before}\n${SEND}\n`, FILES)).failed).toEqual([FORCED_CODE]);
  });

  it.each([
    ["is written behind it", `${SEND}\njq . x > p.json`, [FORCED_CODE]],
    ["is written in the other branch", `if a; then jq . x > p.json; exit; fi\n${SEND}`, []],
    ["is written in the next round", `for x in a b; do ${SEND}; jq . x > p.json; done`, []],
    [
      "is written in the next round of the loop around",
      `for x in a; do for y in b; do ${SEND}; done; rm p.json; done`,
      [],
    ],
    ["is written behind the loop", `for x in a b; do ${SEND}; done\njq . x > p.json`, [FORCED_CODE]],
  ])("is known or not if it %s", async (_when, text, expected) => {
    expect((await followScript("a.sh", text, FILES)).failed).toEqual(expected);
  });

  const write = (body: string, end = "'EOF'"): string => `cat > p.json <<${end}\n${body}\nEOF\n`;
  const forced = `{"FileShareARN": "${SHARE}", "ForceRemove": true}`;

  it.each([
    ["literally", `${write(forced)}${SEND}`],
    [
      "with an absolute path",
      `${write(forced).replace("p.json", "/tmp/p.json")}${SEND.replace("p.json", "/tmp/p.json")}`,
    ],
    ["with a variable that is known", `F=true\n${write(forced.replace("true", "$F"), "EOF")}${SEND}`],
    ["in another directory", `cd /tmp\n${write(forced)}${SEND}`],
    ["in the branch of the command", `if a; then\n${write(forced)}${SEND}\nfi`],
    ["in a function that is called", `write() {\n${write(forced)}}\nwrite\n${SEND}`],
    ["in a step before in a list of commands", `${write(forced).replace("\n", " && echo done\n")}${SEND}`],
  ])("is what a here-document wrote %s", async (_how, text) => {
    expect((await followScript("a.sh", text, { "p.json": MILD })).failed).toEqual([FORCED_CODE]);
  });

  it.each([
    ["in a branch", `if a; then\n${write(forced)}fi\n${SEND}`],
    ["twice", `${write(forced)}${write(forced)}${SEND}`],
    ["before another command", `${write(forced)}sed -i s/true/false/ p.json\n${SEND}`],
    [
      "with a value that is not known",
      `${write(forced.replace(SHARE, "$ARN"), "EOF")}${SEND}`.replace("true", "false"),
    ],
    ["into a pipe as well", `${write(forced).replace("cat", "jq .")}${SEND}`],
  ])("is not known if a here-document wrote it %s", async (_how, text) => {
    const { failed, outcome } = await followScript("a.sh", text, { "p.json": FORCED });
    expect([failed, outcome]).toEqual([[], "undecided"]);
  });
});
