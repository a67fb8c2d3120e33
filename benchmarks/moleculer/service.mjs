// A Moleculer service over NATS: the same command as in Ledger.java. Says "port 0" when it is there, and ends with its standard input.
import { ServiceBroker } from "moleculer";

const [url] = process.argv.slice(2);
const broker = new ServiceBroker({ nodeID: "service", transporter: url, logger: false, validator: "Fastest" });
broker.createService({
  name: "ledger",
  actions: {
    deposit: {
      params: { $$strict: true, currency: "string", amount: { type: "number", integer: true } },
      handler: (ctx) => ({ amount: ctx.params.amount + 1 }),
    },
  },
});
await broker.start();
console.log("port 0");
process.stdin.on("end", () => broker.stop().then(() => process.exit(0))).resume();
