// node check.mjs MODULES FILE...: reads CloudFormation templates with AWS's own validator, and prints what is wrong: file, line, place, rule.
// Before that it shows the validator what it has to find: a template is broken in several ways, and each has to be noticed.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";

const [modules, ...files] = process.argv.slice(2);
const { CelEngine, TemplateFile } = createRequire(join(modules, "node_modules", "x.js"))("@aws/cloudformation-validate");

// Warnings that are faults all the same: a value that is not among those the service knows.
const faults = new Set(["W3030"]);
const engine = new CelEngine();

function wrong(file) {
  const found = engine.validateStandard(new TemplateFile(file)).diagnostics;
  return found.filter((d) => d.severity === "FATAL" || d.severity === "ERROR" || faults.has(d.ruleId));
}

// Six hundred time zones as allowed values take the validator minutes, where a condition makes it try them: of lists in YAML that are longer
// than 50 it sees two, and the default. Lines keep their numbers.
function shortened(text) {
  const lines = text.split("\n");
  let usual = "";
  for (let at = 0; at < lines.length; at++) {
    usual = /^ +Default: (.*)$/.exec(lines[at])?.[1] ?? usual;
    const list = /^( +)AllowedValues:$/.exec(lines[at]);
    if (!list) continue;
    let end = at + 1;
    while (lines[end]?.startsWith(`${list[1]}  - `)) end++;
    if (end - at <= 50) continue;
    for (let one = at + 3; one < end; one++) if (lines[one].trim() !== `- ${usual}`) lines[one] = "";
  }
  return lines.join("\n");
}

const place = (d) => [d.entity?.logicalId, d.propertyPath].filter(Boolean).join(".") || "template";

const good = () => ({
  AWSTemplateFormatVersion: "2010-09-09",
  Parameters: { Days: { Type: "Number", Default: 14, AllowedValues: [7, 14] } },
  Conditions: { Wanted: { "Fn::Equals": [{ Ref: "Days" }, "14"] } },
  Resources: {
    Queue: { Type: "AWS::SQS::Queue", Properties: { VisibilityTimeout: 60 } },
    Log: { Type: "AWS::Logs::LogGroup", Properties: { RetentionInDays: { Ref: "Days" } } },
    Table: {
      Type: "AWS::DynamoDB::Table",
      Properties: {
        BillingMode: "PAY_PER_REQUEST",
        AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
        KeySchema: [{ AttributeName: "pk", KeyType: "HASH" }],
      },
    },
    Role: {
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Version: "2012-10-17",
          Statement: [{ Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" }],
        },
      },
    },
  },
  Outputs: { Url: { Value: { Ref: "Queue" } } },
});

// Each of these is a template that CloudFormation would refuse, some of them only after minutes.
const broken = {
  "a property that the type does not have": (t) => (t.Resources.Queue.Properties.VisibilityTimeoutSeconds = 60),
  "a type that is not there": (t) => (t.Resources.Queue.Type = "AWS::SQS::Line"),
  "a required property left out": (t) => delete t.Resources.Role.Properties.AssumeRolePolicyDocument,
  "a text where a number belongs": (t) => (t.Resources.Queue.Properties.VisibilityTimeout = "a minute"),
  "a number out of range": (t) => (t.Resources.Queue.Properties.VisibilityTimeout = 43201),
  "a value that the service does not know": (t) => (t.Resources.Table.Properties.BillingMode = "PAY_SOMEHOW"),
  "a reference to nothing": (t) => (t.Outputs.Url.Value = { Ref: "Line" }),
  "an attribute of nothing": (t) => (t.Outputs.Url.Value = { "Fn::GetAtt": ["Line", "Arn"] }),
  "an attribute that the type does not have": (t) => (t.Outputs.Url.Value = { "Fn::GetAtt": ["Queue", "Length"] }),
  "a condition that is not there": (t) => (t.Resources.Log.Condition = "Unwanted"),
  "a circle": (t) => {
    t.Resources.Queue.DependsOn = "Log";
    t.Resources.Log.DependsOn = "Queue";
  },
  "a default that is not allowed": (t) => (t.Parameters.Days.Default = 15),
  "a section that is not there": (t) => (t.Ressources = {}),
};

function rehearse() {
  const folder = mkdtempSync(join(tmpdir(), "check-templates-"));
  try {
    const file = join(folder, "template.json");
    const check = (template) => {
      writeFileSync(file, JSON.stringify(template));
      return wrong(file);
    };
    const refused = check(good());
    if (refused.length) throw new Error(`the validator refuses a good template: ${refused[0].message}`);
    for (const [kind, spoil] of Object.entries(broken)) {
      const template = good();
      spoil(template);
      if (!check(template).length) throw new Error(`the validator does not notice ${kind}`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}

rehearse();
let count = 0;
const folder = mkdtempSync(join(tmpdir(), "check-templates-"));
for (const file of files) {
  const seen = join(folder, basename(file));
  writeFileSync(seen, shortened(readFileSync(file, "utf8")));
  for (const d of wrong(seen)) {
    count++;
    console.log(`${file}:${d.startLine ?? 1}: ${place(d)}: ${d.ruleId} ${d.severity}: ${d.message}`);
  }
}
rmSync(folder, { recursive: true });
engine.free();
const noticed = `the validator noticed ${Object.keys(broken).length} of ${Object.keys(broken).length} broken templates`;
console.log(`check-templates: ${noticed}; ${files.length} templates, ${count ? `${count} faults` : "no fault"}`);
process.exit(count ? 1 : 0);
