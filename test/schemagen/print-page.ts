// Prints a shape as a documentation page, the inverse of the parser for property tests. Written from the
// format of pages, independently of the code under test.

export type TestShape =
  | { kind: "string" | "integer" | "number" | "float" | "boolean" | "timestamp" | "blob" | "document" }
  | { kind: "enum"; values: string[] }
  | { kind: "structure"; members: TestMember[]; union?: boolean }
  | { kind: "list"; item: TestShape }
  | { kind: "map"; value: TestShape };

export type TestMember = {
  name: string;
  toy: TestShape;
  required?: boolean;
  token?: boolean;
  prose?: string;
};

export type TestStructure = Extract<TestShape, { kind: "structure" }>;

const NOTATION: Record<string, [syntax: string, listed: string]> = {
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

const indent = (depth: number) => " ".repeat(depth);

function printSyntax(toy: TestShape, depth: number): string {
  const inside = indent(depth + 4);
  switch (toy.kind) {
    case "enum":
      return toy.values.map((value) => `'${value}'`).join("|");
    case "list":
      return `[\n${inside}${printSyntax(toy.item, depth + 4)},\n${indent(depth)}]`;
    case "map":
      return `{\n${inside}'string': ${printSyntax(toy.value, depth + 4)}\n${indent(depth)}}`;
    case "structure": {
      if (toy.members.length === 0) return "{}";
      const members = toy.members.map(
        ({ name, toy: inner }) => `${inside}'${name}': ${printSyntax(inner, depth + 4)}`,
      );
      return `{\n${members.join(",\n")}\n${indent(depth)}}`;
    }
    default:
      return NOTATION[toy.kind]![0];
  }
}

const listTypeOf = (toy: TestShape) => NOTATION[toy.kind]![1];

function printProse({ prose, token, toy }: Omit<TestMember, "name">, depth: number, part: string): string {
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
    .map((text) => `\n${indent(depth)}${text}\n`)
    .join("");
}

function printEntry(
  name: string | undefined,
  member: Omit<TestMember, "name">,
  depth: number,
  part: string,
): string {
  const title = name === undefined ? "" : `**${name}** `;
  const required = member.required && part === "request" ? " **[REQUIRED]**" : "";
  const head = `${indent(depth)}- ${title}${listTypeOf(member.toy)}${required} \n`;
  return `${head}${printProse(member, depth + 2, part)}\n${printChildren(member.toy, depth + 2, part)}`;
}

function printChildren(toy: TestShape, depth: number, part: string): string {
  if (toy.kind === "list") return printEntry(undefined, { toy: toy.item }, depth, part);
  if (toy.kind === "map") {
    return `${indent(depth)}- *(string) --* \n\n${printEntry(undefined, { toy: toy.value }, depth + 2, part)}`;
  }
  if (toy.kind !== "structure") return "";
  return toy.members.map((member) => printEntry(member.name, member, depth, part)).join("\n");
}

function printParameter(member: TestMember): string {
  const type = listTypeOf(member.toy).replace(/^\*?\((.*)\) --\*?$/, "$1");
  const required = member.required ? "**[REQUIRED]** " : "";
  const head = `  :type ${member.name}: ${type}\n  :param ${member.name}: ${required}\n`;
  return `${head}${printProse(member, 4, "request")}\n${printChildren(member.toy, 4, "request")}\n`;
}

function printRequest(request: TestStructure): string {
  const call = "    response = client.play_game(";
  const members = request.members.map(({ name, toy }) => `        ${name}=${printSyntax(toy, 8)}`);
  const body = members.length === 0 ? `${call})` : `${call}\n${members.join(",\n")}\n    )`;
  return `  **Request Syntax**\n  ::\n\n${body}\n    \n${request.members.map(printParameter).join("")}`;
}

function printResponse(response: TestStructure): string {
  const members = printChildren(response, 6, "response");
  return `  :rtype: dict
  :returns: 
    
    **Response Syntax**

    
    ::

      ${printSyntax(response, 6)}
      
    **Response Structure**

    - *(dict) --* 

${members}
`;
}

export function printPage(request: TestStructure, response: TestStructure | undefined): string {
  return `:doc:\`Toybox <../../toybox>\` / Client / play_game

*********
play_game
*********

.. py:method:: Toybox.Client.play_game(${request.members.length === 0 ? "" : "**kwargs"})

  Plays a game.

  See also: \`AWS API Documentation <https://docs.aws.amazon.com/goto/WebAPI/toybox-2020-01-01/PlayGame>\`_  

${printRequest(request)}
${response ? printResponse(response) : "  :returns: None"}
  **Exceptions**

  *   :py:class:\`Toybox.Client.exceptions.Broken\`
`;
}
