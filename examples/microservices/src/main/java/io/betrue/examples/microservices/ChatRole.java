package io.betrue.examples.microservices;

import io.betrue.commands.CommandContext;
import io.betrue.commands.gateway.Resilience;
import io.betrue.commands.hub.Hub;
import io.betrue.commands.hub.nats.NatsBroadcaster;
import io.betrue.errors.ProblemException;
import io.betrue.examples.accounts.api.AccountsCommands;
import io.betrue.examples.accounts.api.AccountsError;
import io.betrue.examples.accounts.api.UserQuery;
import io.betrue.examples.chat.ChatHub;
import io.betrue.examples.chat.ChatOptions;
import io.betrue.examples.chat.ChatService;
import io.betrue.jobs.events.Events;
import io.betrue.jobs.postgres.PostgresJobs;
import io.betrue.process.Run;
import io.nats.client.Connection;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Clock;
import java.util.UUID;

/** Who talks with whom. What happens is an event of its own database, and tells clients through a hub that nobody is connected to: the gateways' hubs are. */
final class ChatRole {
    private static final int BACKGROUND_CONNECTIONS = 8;

    private ChatRole() {}

    static void start(Run run, Launched launched, ChatRoleConfig config) {
        ServiceProcess process = new ServiceProcess(run, "chat", config, Tables.CHAT, BACKGROUND_CONNECTIONS);
        Joined others = process.join();
        OpenTelemetry telemetry = process.instruments().openTelemetry();
        Hub hub = hub(run, others.connection(), telemetry);
        Store store = process.store();
        PostgresJobs jobs = run.start(
                "jobs",
                () -> PostgresJobs.create(
                        store.dataSource(), c -> c.schema(Tables.JOBS).openTelemetry(telemetry)),
                PostgresJobs::close);
        process.instruments().watch(jobs.control());
        Events events = Events.create(
                store.backgroundDataSource(),
                jobs,
                c -> c.schema(Tables.EVENTS)
                        .worker(worker -> worker.openTelemetry(telemetry).joinTraces())); // clients wait for it
        ChatService chat = new ChatService(
                store.dataSource(),
                events,
                ChatRole::isUser,
                ChatHub.push(hub),
                ChatOptions.defaults(),
                Clock.systemUTC());
        chat.consume(events);
        run.step("events", events::start, events::close, part -> part.stopWithin(config.process.stopTimeout));
        process.serve(others, launched, commands -> {
            chat.handle(commands);
            commands.forward("accounts/*", Resilience.around("accounts", others.client()))
                    .forward("files/*", Resilience.around("files", others.client()));
        });
    }

    /** {@return a member of the hub that all gateways and chats share, as parts of a run} */
    static Hub hub(Run run, Connection connection, OpenTelemetry telemetry) {
        NatsBroadcaster broadcaster = run.start(
                "broadcaster",
                () -> NatsBroadcaster.of(connection, c -> c.namespace("wallet")),
                NatsBroadcaster::close);
        return run.start("hub", () -> Hub.of(c -> c.broadcaster(broadcaster).telemetry(telemetry)), Hub::close);
    }

    private static boolean isUser(CommandContext context, UUID id) {
        try {
            context.call(AccountsCommands.USER, new UserQuery(id));
            return true;
        } catch (ProblemException e) {
            if (e.code().name().equals(AccountsError.UNKNOWN_USER.name())) {
                return false;
            }
            throw e;
        }
    }
}
