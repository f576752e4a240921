import { describe, expect, it } from "vitest";
import { payloadsIn } from "./read.ts";

interface Language {
  file: string;
  head: string;
  /** A call that is given the value of `k`, or of `$k`. */
  call: string;
  /** What gives the name another value, around the call, which is `CALL`. */
  programs: string[];
}

const LANGUAGES: Language[] = [
  {
    file: "a.py",
    head: 'import boto3\nfsx = boto3.client("fsx")\n',
    call: 'fsx.create_data_repository_task(FileSystemId="f", Type=k)',
    programs: [
      'k = "A"\nmatch x:\n    case {"a": 1, **k}: pass\nCALL',
      'k = "A"\nmatch x:\n    case P(a=k): pass\nCALL',
      'k = "A"\ntry: pass\nexcept* E as k: pass\nCALL',
      'k = "A"\n[k := y for y in z]\nCALL',
      'l = ["A"]\nl[:] = x\nk = l[0]\nCALL',
      'l = ["A"]\nl.reverse()\nk = l[0]\nCALL',
      'k = t"A"\nCALL',
      'k = "A"\ndef f(): setattr(sys.modules[__name__], "k", "B")\ndef run(): CALL',
      'k = "A"\nthis = sys.modules[__name__]\ndef f(): this.k = "B"\ndef run(): CALL',
      'import sys as s\nk = "A"\ns.modules[__name__].__dict__.update(k="B")\nCALL',
      'from sys import modules\nk = "A"\nsetattr(modules[__name__], "k", "B")\nCALL',
      'k = "A"\nsetattr(importlib.import_module(__name__), "k", "B")\nCALL',
      'k = "A"\nsetattr(__import__(__name__), "k", "B")\nCALL',
      'k = "A"\ndef run(): CALL\nrun.__globals__["k"] = "B"\nrun()',
    ],
  },
  {
    file: "a.ts",
    head: 'import { CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";\n',
    call: "new Task({ FileSystemId: 'f', Type: k });",
    programs: [
      'for (var k = "A"; ; ) { CALL k = z; }',
      'try { var k = "A"; } catch {} CALL',
      'switch (x) { case 1: var k = "A"; } CALL',
      'const a = ["A"]; a.unshift(x); const k = a[0]; CALL',
      'const a = ["A"]; const [b] = [a]; b[0] = x; const k = a[0]; CALL',
      'const o = { k: "A" }; ({ a: o.k } = p); const k = o.k; CALL',
    ],
  },
  {
    file: "a.cs",
    head: "using Amazon.FSx.Model;\n",
    call: "c.CreateDataRepositoryTaskAsync(new CreateDataRepositoryTaskRequest { Type = k })",
    programs: [
      'class A { void F() { var q = from k in ks select CALL; } const string k = "A"; }',
      'class A { void F() { var q = from j in js join k in ks on j equals k select CALL; } const string k = "A"; }',
      'class A { void F() { var q = from j in js let k = j select CALL; } const string k = "A"; }',
      'class A { void F() { var q = from j in js group j by j.X into k select CALL; } const string k = "A"; }',
      'class A { void F() { string k = "A"; again: CALL; x++; goto again; } }',
      'class A { void F() { string k = "A"; fixed (char* p = k) { p[0] = (char)66; } CALL; } }',
      'class A { void F() { string k = "A"; string* p = &k; *p = "B"; CALL; } }',
      'class A { void F() { string k = "A"; ref string p = ref k; p = "B"; CALL; } }',
    ],
  },
  {
    file: "a.go",
    head: 'package a\nimport "github.com/aws/aws-sdk-go-v2/service/fsx"\nimport "github.com/aws/aws-sdk-go-v2/service/fsx/types"\n',
    call: "c.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{Type: types.DataRepositoryTaskType(k)})",
    programs: ['func f() { k := "A"\nagain: CALL\nk2 := 1\ngoto again }'],
  },
  {
    file: "a.php",
    head: "<?php\n$c = new Aws\\FSx\\FSxClient([]);\n",
    call: '$c->createDataRepositoryTask(["Type" => $k]);',
    programs: [
      '$k = "A"; $k[0] = "B"; CALL',
      '$k = "A"; $a = ["x" => &$k]; $a["x"] = 1; CALL',
      '$k = "A"; normalize($k); CALL',
      '$k = "A"; $this->helper->normalize($k); CALL',
      '$k = "A"; Types::normalize($k); CALL',
      '$k = "A"; again: CALL; $k2 = 1; goto again;',
    ],
  },
  {
    file: "a.rb",
    head: 'require "aws-sdk-fsx"\nc = Aws::FSx::Client.new\n',
    call: "c.create_data_repository_task(type: k)",
    programs: [
      'k = "A"\ncase x\nin {k:} then CALL\nend',
      'k = "A"\nx => {k:}\nCALL',
      'k = "A"\nx => {j: k}\nCALL',
      'k = "A"\nx in [k]\nCALL',
      'k = "A"\nif /(?<k>.)/ =~ x\nCALL\nend',
      'k = "A"\nk.send(:<<, "x")\nCALL',
      'h = { k: "A" }\nbegin\nk = h[:k]\nCALL\nrescue\nh[:k] = "B"\nretry\nend',
      'k = "A"\nk.public_send(:upcase!)\nCALL',
    ],
  },
];

describe.each(LANGUAGES)(
  "a name that has another value before the call in $file",
  ({ file, head, call, programs }) => {
    it.each(programs)("isn't known: %s", async (program) => {
      const [payload, ...others] = await payloadsIn(file, `${head}${program.replace("CALL", call)}\n`);
      expect(others).toEqual([]);
      expect(payload).toMatchObject({ Type: { $unknown: expect.any(String) } });
    });
  },
);
