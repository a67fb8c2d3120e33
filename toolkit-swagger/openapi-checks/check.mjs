// Shows each document to three validators that are no Java and do not know each other; prints what they find and exits 1 if there is anything.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import SwaggerParser from "@apidevtools/swagger-parser";
import { createConfig, lintFromString } from "@redocly/openapi-core";
import { Validator } from "@seriousme/openapi-schema-validator";

const folder = process.argv[2];
const files = readdirSync(folder).filter((file) => file.endsWith(".json"));
const redocly = await createConfig({ extends: ["spec"] });

const validators = {
  "@seriousme/openapi-schema-validator": async (text) => {
    const result = await new Validator().validate(JSON.parse(text));
    return result.valid ? [] : [JSON.stringify(result.errors)];
  },
  "@apidevtools/swagger-parser": async (text) => {
    try {
      // no file and no address is followed
      await SwaggerParser.validate(JSON.parse(text), { resolve: { external: false } });
      return [];
    } catch (error) {
      return [error.message];
    }
  },
  "@redocly/openapi-core": async (text, file) => {
    const problems = await lintFromString({ source: text, absoluteRef: join(folder, file), config: redocly });
    return problems.map((problem) => `${problem.message} at ${problem.location?.[0]?.pointer}`);
  },
};

const broken = JSON.stringify({ openapi: "3.1.0", info: { title: "no version" }, paths: { "/a": { get: { parameters: [{ name: "x" }] } } } });
let faults = 0;
for (const [name, validate] of Object.entries(validators)) {
  if ((await validate(broken, "broken.json")).length === 0) {
    console.error(`${name} finds nothing wrong with a broken document`);
    faults++;
  }
  for (const file of files) {
    for (const fault of await validate(readFileSync(join(folder, file), "utf8"), file)) {
      console.error(`${file}: ${name}: ${fault}`);
      faults++;
    }
  }
}
if (files.length === 0) {
  console.error(`${folder} has no documents; run the tests of toolkit-swagger first`);
  faults++;
}
console.log(`${files.length} documents, ${Object.keys(validators).length} validators, ${faults} faults`);
process.exit(faults === 0 ? 0 : 1);
