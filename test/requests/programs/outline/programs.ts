/** Pieces that programs are put together of, some of which have to do with others by the names in them. */
export interface Pieces {
  file: string;
  head: string;
  /** Around what stands in a class. */
  inClass?: readonly [string, string];
  calls: readonly string[];
  others: readonly string[];
  /** The same, inside of a class. */
  methods?: readonly string[];
}

const PYTHON: Pieces = {
  file: "a.py",
  head: "import boto3\nimport json\n",
  inClass: ["class Tasks(Base):\n    KIND = 'x'\n", ""],
  calls: [
    'fsx = boto3.client("fsx")\n',
    'KW = {"Type": "EXPORT_TO_REPOSITORY", "Paths": ["a"]}\n',
    'LIST = ["a", "b"]\nNAME = "fs-0123"\n',
    "def create():\n    fsx.create_data_repository_task(**KW)\n",
    "def other():\n    return fsx.create_data_repository_task(FileSystemId=NAME, Paths=LIST, Type=kind())\n",
    "create_it = fsx.create_data_repository_task\n",
    'if __name__ == "__main__":\n    client().create_data_repository_task(FileSystemId=NAME, Report={"Enabled": json.dumps(KW)})\n',
    "# countersign: justification=because of this\nfsx.create_data_repository_task(Paths=[*LIST], **KW)\n",
  ],
  others: [
    'def fill():\n    KW["Type"] = "IMPORT"\n',
    "def rebind():\n    global KW, NAME\n    KW = {}\n    NAME = fetch()\n",
    "def grow(x):\n    LIST.append(x)\n",
    'def client():\n    return boto3.client("fsx")\n',
    'def client():\n    return boto3.client("s3")\n',
    'def kind():\n    return "EXPORT_TO_REPOSITORY"\n',
    "def patch():\n    json.dumps = str\n",
    "def anything(x):\n    exec(x)\n",
    "def wrapped(name, **kw):\n    return getattr(fsx, name)(**kw)\n",
    "OTHER = {'a': LIST}\n",
    "def touch():\n    OTHER['a'].append(3)\n",
    "def plain(x, y=NAME):\n    '''Says\nmuch.\n'''\n    return [x for x in y if x]\n",
    "@decorated(\n    KW,\n)\ndef plain(x):\n    return x\n",
    'async def later(item):\n    async with item as z:\n        print(f"{z["a"]} {{")\n',
    "class Plain:\n    a = 1\n\n    def run(self):\n        return self.a\n",
    "def broken(x:\n    return x\n",
    'def run_it():\n    subprocess.run(["aws", "fsx", verb, "--x"])\n',
    'def scripted():\n    return """\ndef create():\n    fsx.create_data_repository_task(FileSystemId="x")\n"""\n',
    "KW['ClientRequestToken'] = 'x'\n",
    "try:\n    import boto4 as boto3\nexcept ImportError:\n    def fsx(): pass\n",
  ],
  methods: [
    '    def __init__(self):\n        self.fsx = boto3.client("fsx")\n',
    '    def swap(self):\n        self.fsx = boto3.client("s3")\n',
    "    def create(self):\n        self.fsx.create_data_repository_task(FileSystemId=NAME, Type=self.kind, **KW)\n",
    "    def other(self):\n        self.kind = KW.pop('Type')\n",
    "    @property\n    def fsx(self):\n        return client()\n",
    "    def plain(self, x):\n        return x + 1\n",
    "    def kind(self):\n        return 'x'\n",
  ],
};

const TYPESCRIPT: Pieces = {
  file: "a.ts",
  head: 'import { FSx, FSxClient, CreateDataRepositoryTaskCommand as Task } from "@aws-sdk/client-fsx";\n',
  inClass: ["export class Tasks extends Base {\n  private size = 3;\n", "}\n"],
  calls: [
    'const KW = { Type: "EXPORT_TO_REPOSITORY", Paths: ["a"] };\n',
    'const LIST = ["a", "b"];\nlet NAME = "fs-0123";\n',
    "export async function create() {\n  await client.send(new Task(KW));\n}\n",
    "export const other = async (x: string): Promise<void> => {\n  await client.send(new Task({ ...KW, FileSystemId: NAME, Paths: LIST }));\n};\n",
    "const fsx = new FSx({});\n",
    "fsx.createDataRepositoryTask({ FileSystemId: NAME, Type: kind() });\n",
    "exports.make = () => make(Task);\n",
    "// countersign: justification=because of this\nclient.send(new Task({ Paths: [...LIST] }));\n",
  ],
  others: [
    'function fill() {\n  KW.Type = "IMPORT";\n}\n',
    "function rebind(): void {\n  NAME = fetch();\n}\n",
    "const grow = (x) => {\n  LIST.push(x);\n};\n",
    'function kind() {\n  return "EXPORT_TO_REPOSITORY";\n}\n',
    "function wrapped(name) {\n  return fsx[name](KW);\n}\n",
    "function anything(x) {\n  eval(x);\n}\n",
    "const OTHER = { a: LIST };\n",
    "function touch() {\n  OTHER.a.push(3);\n}\n",
    'export default function plain(x = NAME) {\n  // says\n  return x.filter((y) => /[{}]"/.test(y));\n}\n',
    "function shadow(KW, { NAME }) {\n  KW.Type = `${NAME}{`;\n}\n",
    "class Plain {\n  a = 1;\n\n  run() {\n    return this.a;\n  }\n}\n",
    "function broken(x {\n  return x;\n}\n",
    "describe('x', () => {\n  function inner() {\n    KW.Paths = x;\n  }\n});\n",
    "function FSx() {\n  return Object.assign(KW, {});\n}\n",
    "namespace N {\n  export function f() {\n    return 1;\n  }\n}\n",
  ],
  methods: [
    "  private fsx = new FSx({});\n",
    "  constructor(private readonly x: string) {\n    this.fsx = new FSx({});\n  }\n",
    "  swap() {\n    this.fsx = other();\n  }\n",
    "  async create(x: string): Promise<void> {\n    await this.fsx.createDataRepositoryTask({ FileSystemId: NAME, Type: x, ...KW });\n  }\n",
    "  @Logged()\n  plain(x) {\n    return x + 1;\n  }\n",
    "  static fill() {\n    KW.Paths.push(NAME);\n  }\n",
    "  get fsx() {\n    return client;\n  }\n",
  ],
};

const GO: Pieces = {
  file: "a.go",
  head: 'package main\n\nimport (\n\t"github.com/aws/aws-sdk-go-v2/aws"\n\t"github.com/aws/aws-sdk-go-v2/service/fsx"\n)\n',
  calls: [
    'var kind = "EXPORT_TO_REPOSITORY"\n',
    'var paths = []string{"a", "b"}\n\nconst name = "fs-0123"\n',
    "func create() {\n\tclient.CreateDataRepositoryTask(ctx, &fsx.CreateDataRepositoryTaskInput{FileSystemId: aws.String(name), Paths: paths})\n}\n",
    "func input() *fsx.CreateDataRepositoryTaskInput {\n\treturn &fsx.CreateDataRepositoryTaskInput{Type: kind}\n}\n",
    "func (s *Server) run() error {\n\tin := &fsx.CreateDataRepositoryTaskInput{Paths: paths}\n\tin.Type = kind\n\t_, err := s.fsx.CreateDataRepositoryTask(ctx, in)\n\treturn err\n}\n",
    "func passed() {\n\tclient.CreateDataRepositoryTask(ctx, made())\n}\n",
    "func later() {\n\tclient.CreateDataRepositoryTask(ctx, input())\n}\n",
  ],
  others: [
    'func fill(x *Task) {\n\tx.Type = "IMPORT"\n}\n',
    "func rebind() {\n\tkind = fetch()\n}\n",
    "func grow(x string) {\n\tpaths = append(paths, x)\n}\n",
    "func at(x int) {\n\tpaths[x] = name\n}\n",
    "func made() *fsx.CreateDataRepositoryTaskInput {\n\treturn input()\n}\n",
    "func made() any {\n\treturn build()\n}\n",
    "func plain(x, y int) (map[string]interface{}, error) {\n\treturn nil, fmt.Errorf(`{`)\n}\n",
    "func point() {\n\tchange(&kind)\n}\n",
    "type Task struct {\n\tType string\n}\n",
    "func one() int { return 1 }\n",
    "func broken(x {\n\treturn x\n}\n",
    "func (t *Task) Name() string {\n\tswitch '{' {\n\t}\n\treturn name\n}\n",
    "func init() {\n\tkind, paths = load()\n}\n",
  ],
};

const JAVA: Pieces = {
  file: "A.java",
  head: "import software.amazon.awssdk.services.fsx.FsxClient;\nimport software.amazon.awssdk.services.fsx.model.*;\n",
  inClass: ["public class Tasks extends Base {\n", "}\n"],
  calls: [],
  others: [
    "class Plain {\n  int a;\n\n  int run() {\n    return a;\n  }\n}\n",
    "interface Named {\n  String name();\n}\n",
  ],
  methods: [
    '  private static final String NAME = "fs-0123";\n  static String kind = "EXPORT_TO_REPOSITORY";\n',
    '  static final List<String> PATHS = List.of("a", "b");\n',
    "  private FsxClient fsx;\n",
    "  void create() {\n    fsx.createDataRepositoryTask(CreateDataRepositoryTaskRequest.builder().fileSystemId(NAME).type(kind).paths(PATHS).build());\n  }\n",
    "  CreateDataRepositoryTaskRequest request(String role) {\n    return CreateDataRepositoryTaskRequest.builder().fileSystemId(role).paths(PATHS).build();\n  }\n",
    "  void passed() {\n    fsx.createDataRepositoryTask(request(NAME));\n  }\n",
    "  void made() {\n    fsx.createDataRepositoryTask(Makers.make());\n  }\n",
    '  void rebind() {\n    kind = "IMPORT";\n  }\n',
    "  void change() {\n    this.kind = fetch();\n  }\n",
    "  @Override\n  public List<String> plain(Map<String, Integer> x) throws IOException {\n    return x.keySet().stream().filter(y -> y != '{').toList();\n  }\n",
    "  public Tasks(FsxClient fsx) {\n    this.fsx = fsx;\n  }\n",
    '  CreateDataRepositoryTaskRequest again(CreateDataRepositoryTaskRequest x) {\n    return x.toBuilder().type("x").build();\n  }\n',
    '  void rebuilt(Request x) {\n    x.toBuilder().type("x");\n  }\n',
    "  void lambda() {\n    fsx.createDataRepositoryTask(r -> r.type(kind).fileSystemId(NAME));\n  }\n",
  ],
};

const TERRAFORM: Pieces = {
  file: "a.tf",
  head: "",
  calls: [
    'locals {\n  kind = "EXPORT_TO_REPOSITORY"\n}\n',
    'resource "aws_scheduler_schedule" "a" {\n  target {\n    arn   = "arn:aws:scheduler:::aws-sdk:fsx:createDataRepositoryTask"\n    input = jsonencode({ Type = local.kind, FileSystemId = aws_fsx_lustre_file_system.a.id })\n  }\n}\n',
    'resource "aws_sfn_state_machine" "m" {\n  definition = local.definition\n}\n',
    'locals {\n  definition = jsonencode({ StartAt = "A", States = { A = { Type = "Task", End = true, Resource = "arn:aws:states:::aws-sdk:fsx:createDataRepositoryTask", Parameters = { Type = "x" } } } })\n}\n',
    'resource "terraform_data" "x" {\n  provisioner "local-exec" {\n    command = "aws fsx create-data-repository-task --type ${local.kind}"\n  }\n}\n',
    'resource "aws_instance" "x" {\n  user_data = local.script\n}\n',
    'locals {\n  script = "#!/bin/sh\\naws fsx create-data-repository-task --type x\\n"\n}\n',
  ],
  others: [
    'resource "aws_s3_bucket" "b" {\n  bucket = "${local.kind}-{"\n  tags = {\n    a = "b"\n  }\n}\n',
    'resource "aws_fsx_lustre_file_system" "a" {\n  storage_capacity = 1200\n}\n',
    'variable "x" {\n  default = "y"\n}\n',
    'data "aws_caller_identity" "me" {}\n',
    'resource "x" "broken" {\n  a = [\n}\n',
    'output "y" {\n  value = <<-EOT\n    resource "a" "b" {\n  EOT\n}\n',
  ],
};

export const PIECES: readonly Pieces[] = [PYTHON, TYPESCRIPT, GO, JAVA, TERRAFORM];
