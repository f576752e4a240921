import { MACHINE_SITE } from "../../shell/site.ts";
import type { ScriptKind } from "../kind.ts";

const MARKERS =
  /UserData|user_data|BuildSpec|"buildspec"|aws:run(?:Command|ShellScript)|AWS-RunShellScript|CloudFormation::Init|[Cc]ontainer(?:Definitions|Properties|Overrides)|"(?:local|remote)-exec"|"external"/;

/** Templates, Terraform plans and documents of Systems Manager, which give commands to machines and builds. */
export const templateScripts: ScriptKind = {
  matches: (path, text) => /\.(?:ya?ml|json|template)$/i.test(path) && MARKERS.test(text),
  isYaml: true,
  site: MACHINE_SITE,
  findScripts: async (text, { documents }) => {
    // It reads YAML inside of texts, whose parser takes time to load.
    const { readTemplate } = await import("./template.ts");
    const { readTerraformJson } = await import("./terraform-json.ts");
    return documents.flatMap((document) => [
      ...readTemplate(text, document),
      ...readTerraformJson(text, document),
    ]);
  },
};
