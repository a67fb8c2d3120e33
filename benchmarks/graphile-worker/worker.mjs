// Graphile Worker for io.betrue.benchmarks.jobs.GraphileWorkerJobs: node worker.mjs postgres://…
// Reads commands from its input, a line each, and answers each with a line of JSON.
import { createInterface } from "node:readline";
import { Logger, makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";

const BATCH = 1000;
const logger = new Logger(() => () => {});
const fail = (error) => {
  console.error(error);
  process.exit(1);
};

const pool = new pg.Pool({ connectionString: process.argv[2], max: 24 });
pool.on("error", fail);
pool.on("connect", (client) => client.on("error", fail));
const utils = await makeWorkerUtils({ pgPool: pool, logger });

let ran = 0;
let expected = 0;
let finished = () => {};
const taskList = {
  noop: async () => {
    ran++;
    if (ran === expected) finished();
  },
};
const preset = {
  worker: { concurrentJobs: 24, maxPoolSize: 24, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0, pollInterval: 1000 },
};

const seconds = (since) => Number(process.hrtime.bigint() - since) / 1e9;

const commands = {
  async setup() {
    await utils.migrate();
    return {};
  },
  async clear() {
    await pool.query("truncate graphile_worker._private_jobs");
    return {};
  },
  async enqueue(jobs) {
    const since = process.hrtime.bigint();
    for (let from = 0; from < jobs; from += BATCH) {
      const specs = [];
      for (let id = from; id < Math.min(jobs, from + BATCH); id++) specs.push({ identifier: "noop", payload: { id } });
      await utils.addJobs(specs);
    }
    return { seconds: seconds(since) };
  },
  async drain(jobs) {
    ran = 0;
    expected = jobs;
    const all = new Promise((resolve) => (finished = resolve));
    const since = process.hrtime.bigint();
    const runner = await run({ pgPool: pool, taskList, preset, logger, noHandleSignals: true });
    await all;
    while ((await pool.query("select exists (select from graphile_worker._private_jobs) as left")).rows[0].left) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    const took = seconds(since);
    await runner.stop();
    return { seconds: took, ran };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const [command, argument] = line.split(" ");
  console.log(JSON.stringify(await commands[command](Number(argument))));
}
await utils.release();
await pool.end();
