import { expect, it } from "vitest";
import { listInFile } from "../list-in-files.ts";

const URI = "arn:aws:apigateway:eu-west-1:fsx:action/CreateDataRepositoryTask";

/** A method of API Gateway calls an operation of a service with what its template makes. */
it.each([
  [
    "api.yaml",
    `openapi: 3.0.1\npaths:\n  /x:\n    post:\n      x-amazon-apigateway-integration:\n        uri: ${URI}\n`,
  ],
  ["api.json", `{"paths": {"/x": {"post": {"x-amazon-apigateway-integration":\n{"uri": "${URI}"}}}}}\n`],
  [
    "template.yaml",
    `Resources:\n  Method:\n    Type: AWS::ApiGateway::Method\n    Properties:\n      Integration:\n        Uri: !Sub ${URI.replace("eu-west-1", "$" + "{AWS::Region}")}\n`,
  ],
  [
    "template.json",
    '{"Resources": {"Method": {"Type": "AWS::ApiGateway::Method", "Properties": {"Integration": {"Uri":\n{"Fn::Join": ["", ["arn:aws:apigateway:", {"Ref": "AWS::Region"}, ":fsx:action/CreateDataRepositoryTask"]]}}}}}}\n',
  ],
  ["api.tf", `resource "aws_api_gateway_integration" "x" {\n  uri = "${URI}"\n}\n`],
  ["api.py", `import boto3\nboto3.client("apigateway").put_integration(restApiId="x", uri="${URI}")\n`],
])("a method of API Gateway that calls an operation is said in %s", async (file, text) => {
  const line = text.slice(0, text.indexOf("CreateDataRepositoryTask")).split("\n").length;
  const said = await listInFile(file, text);
  expect(said).toHaveLength(1);
  expect(said[0]).toMatch(new RegExp(`^${line} a call of \`fsx:CreateDataRepositoryTask\` stands in`));
});
