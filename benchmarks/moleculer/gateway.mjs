// moleculer-web in front of a Moleculer service over NATS, in a process of its own. Says its port, and ends with its standard input.
import { ServiceBroker } from "moleculer";
import web from "moleculer-web";

const tokens = new Map([["anna-secret", { id: "anna" }]]);
const [url] = process.argv.slice(2);
const broker = new ServiceBroker({ nodeID: "gateway", transporter: url, logger: false });
const gateway = broker.createService({
  name: "api",
  mixins: [web],
  settings: {
    port: 0,
    ip: "127.0.0.1",
    routes: [{ path: "/api", authentication: true, bodyParsers: { json: true }, aliases: { "POST ledger/deposit": "ledger.deposit" } }],
  },
  methods: {
    async authenticate(ctx, route, req) {
      const user = tokens.get((req.headers.authorization ?? "").replace(/^Bearer /, ""));
      if (!user) {
        throw new web.Errors.UnAuthorizedError(web.Errors.ERR_INVALID_TOKEN);
      }
      return user;
    },
  },
});
await broker.start();
await broker.waitForServices("ledger", 10_000);
console.log("port " + gateway.server.address().port);
process.stdin.on("end", () => broker.stop().then(() => process.exit(0))).resume();
