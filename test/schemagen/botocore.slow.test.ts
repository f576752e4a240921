// Generates schemas from the models of an installed botocore, for every tenth service, and compares versions
// and members with what botocore reports.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeSchemas } from "../../src/schemagen/index.ts";

const QUERY_SCRIPT = `
import json, os, botocore, botocore.session
session = botocore.session.get_session()
data = os.path.join(os.path.dirname(botocore.__file__), "data")
found = {}
for service in session.get_available_services()[::10]:
    model = session.get_service_model(service)
    found[service] = {"version": model.api_version, "operations": {}}
    for name in model.operation_names:
        shape = model.operation_model(name).input_shape
        found[service]["operations"][name] = sorted(shape.members) if shape else []
print(json.dumps({"data": data, "services": found}))
`;

type Answer = {
  data: string;
  services: Record<string, { version: string; operations: Record<string, string[]> }>;
};

const { status, stdout } = spawnSync("python3", ["-c", QUERY_SCRIPT], {
  encoding: "utf8",
  maxBuffer: 1 << 28,
});
const answer: Answer = status === 0 ? JSON.parse(stdout) : { data: "", services: {} };

describe.skipIf(status !== 0)(
  "writeSchemas() on botocore's models (skipped if python3 has no botocore)",
  () => {
    it("generates the operations and members that botocore reports", { timeout: 60_000 }, () => {
      const out = mkdtempSync(join(tmpdir(), "botocore-"));
      try {
        const operations = Object.keys(answer.services);
        const { errors, models } = writeSchemas([answer.data], out, { operations });
        expect(errors).toEqual([]);
        expect(models).toBe(operations.length);
        for (const [service, known] of Object.entries(answer.services)) {
          for (const [name, members] of Object.entries(known.operations)) {
            const schema = JSON.parse(readFileSync(join(out, service, `${name}.request.json`), "utf8"));
            expect(schema["x-source"].model).toBe(`${service}/${known.version}/service-2.json`);
            expect(Object.keys(schema.properties).sort()).toEqual(members);
          }
        }
      } finally {
        rmSync(out, { recursive: true });
      }
    });
  },
);
