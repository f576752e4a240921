// Prints a shape as a documentation page, the inverse of the parser for property tests. Written from the
// format of pages, independently of the code under test.

export type Toy =
  | { kind: "string" | "integer" | "number" | "float" | "boolean" | "timestamp" | "blob" | "document" }
  | { kind: "enum"; values: string[] }
  | { kind: "structure"; members: ToyMember[]; union?: boolean }
  | { kind: "list"; item: Toy }
  | { kind: "map"; value: Toy };

export type ToyMember = { name: string; toy: Toy; required?: boolean; token?: boolean; prose?: string };

export type ToyStructure = Extract<Toy, { kind: "structure" }>;

const WRITTEN: Record<string, [syntax: string, listed: string]> = {
  string: ["'string'", "*(string) --*"],
  integer: ["123", "*(integer) --*"],
  number: ["123.0", "*(float) --*"],
  float: ["...", "*(float) --*"],
  boolean: ["True|False", "*(boolean) --*"],
  timestamp: ["datetime(2015, 1, 1)", "*(datetime) --*"],
  blob: ["b'bytes'", "*(bytes) --*"],
  document: ["{...}|[...]|123|123.4|'string'|True|None", "(:ref:`document<document>`) --"],
  enum: ["", "*(string) --*"],
  structure: ["", "*(dict) --*"],
  list: ["", "*(list) --*"],
  map: ["", "*(dict) --*"],
};

const pad = (depth: number) => " ".repeat(depth);

function syntax(toy: Toy, depth: number): string {
  const inside = pad(depth + 4);
  switch (toy.kind) {
    case "enum":
      return toy.values.map((value) => `'${value}'`).join("|");
    case "list":
      return `[\n${inside}${syntax(toy.item, depth + 4)},\n${pad(depth)}]`;
    case "map":
      return `{\n${inside}'string': ${syntax(toy.value, depth + 4)}\n${pad(depth)}}`;
    case "structure": {
      if (toy.members.length === 0) return "{}";
      const members = toy.members.map(
        ({ name, toy: inner }) => `${inside}'${name}': ${syntax(inner, depth + 4)}`,
      );
      return `{\n${members.join(",\n")}\n${pad(depth)}}`;
    }
    default:
      return WRITTEN[toy.kind]![0];
  }
}

const listed = (toy: Toy) => WRITTEN[toy.kind]![1];

function proseOf({ prose, token, toy }: Omit<ToyMember, "name">, depth: number, part: string): string {
  const verb = part === "request" ? "can" : "will";
  const parts = [prose ?? ""];
  if (token) parts.push("This field is autopopulated if not provided.");
  if (toy.kind === "structure" && toy.union) {
    parts.push(
      `.. note::    This is a Tagged Union structure. Only one of the     following top level keys ${verb} be set: \`\`x\`\`. `,
    );
  }
  return parts
    .filter((text) => text !== "")
    .map((text) => `\n${pad(depth)}${text}\n`)
    .join("");
}

function entry(
  name: string | undefined,
  member: Omit<ToyMember, "name">,
  depth: number,
  part: string,
): string {
  const title = name === undefined ? "" : `**${name}** `;
  const required = member.required && part === "request" ? " **[REQUIRED]**" : "";
  const head = `${pad(depth)}- ${title}${listed(member.toy)}${required} \n`;
  return `${head}${proseOf(member, depth + 2, part)}\n${children(member.toy, depth + 2, part)}`;
}

function children(toy: Toy, depth: number, part: string): string {
  if (toy.kind === "list") return entry(undefined, { toy: toy.item }, depth, part);
  if (toy.kind === "map") {
    return `${pad(depth)}- *(string) --* \n\n${entry(undefined, { toy: toy.value }, depth + 2, part)}`;
  }
  if (toy.kind !== "structure") return "";
  return toy.members.map((member) => entry(member.name, member, depth, part)).join("\n");
}

function parameter(member: ToyMember): string {
  const type = listed(member.toy).replace(/^\*?\((.*)\) --\*?$/, "$1");
  const required = member.required ? "**[REQUIRED]** " : "";
  const head = `  :type ${member.name}: ${type}\n  :param ${member.name}: ${required}\n`;
  return `${head}${proseOf(member, 4, "request")}\n${children(member.toy, 4, "request")}\n`;
}

function requestOf(request: ToyStructure): string {
  const call = "    response = client.play_game(";
  const members = request.members.map(({ name, toy }) => `        ${name}=${syntax(toy, 8)}`);
  const body = members.length === 0 ? `${call})` : `${call}\n${members.join(",\n")}\n    )`;
  return `  **Request Syntax**\n  ::\n\n${body}\n    \n${request.members.map(parameter).join("")}`;
}

function responseOf(response: ToyStructure): string {
  const members = children(response, 6, "response");
  return `  :rtype: dict
  :returns: 
    
    **Response Syntax**

    
    ::

      ${syntax(response, 6)}
      
    **Response Structure**

    - *(dict) --* 

${members}
`;
}

export function printPage(request: ToyStructure, response: ToyStructure | undefined): string {
  return `:doc:\`Toybox <../../toybox>\` / Client / play_game

*********
play_game
*********

.. py:method:: Toybox.Client.play_game(${request.members.length === 0 ? "" : "**kwargs"})

  Plays a game.

  See also: \`AWS API Documentation <https://docs.aws.amazon.com/goto/WebAPI/toybox-2020-01-01/PlayGame>\`_  

${requestOf(request)}
${response ? responseOf(response) : "  :returns: None"}
  **Exceptions**

  *   :py:class:\`Toybox.Client.exceptions.Broken\`
`;
}
