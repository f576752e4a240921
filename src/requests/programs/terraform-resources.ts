import { embedSlice } from "../../documents/embedded.ts";
import { DocumentPart } from "../templates/part.ts";
import type { TemplateResource } from "../templates/resources.ts";
import { findResources } from "../templates/resources.ts";
import { hcl } from "./languages/hcl.ts";
import { textOfLiteral } from "./model/node.ts";
import type { ProgramFile } from "./program.ts";
import { SourceProgram } from "./program.ts";
import { resourceTemplate } from "./template.ts";
import { parseSyntax } from "./tree/syntax-tree.ts";

/** The blocks of a file in Terraform's language, as the resources of a plan; of data sources the type begins with `data.`. */
export async function readTerraformResources(file: ProgramFile): Promise<TemplateResource[]> {
  const { text } = file;
  const tree = await parseSyntax(hcl.grammar, text);
  const within = embedSlice(text, { start: 0, end: text.length });
  const program = new SourceProgram(hcl, within, tree, file);
  return program.scopes.calls.flatMap((block) => {
    if (block.callee.kind !== "name" || !/^(?:resource|data)$/.test(block.callee.name)) return [];
    const [type, label] = [textOfLiteral(block.args[0]), textOfLiteral(block.args[1])];
    const body = block.args.at(-1);
    if (type === undefined || label === undefined || body?.kind !== "object") return [];
    const full = block.callee.name === "data" ? `data.${type}` : type;
    const template = resourceTemplate(full, program.evaluator(block).valueOf(body));
    return findResources(new DocumentPart(template, text)).map((resource) => ({
      ...resource,
      name: `${full}.${label}`,
      span: () => block.span,
    }));
  });
}
