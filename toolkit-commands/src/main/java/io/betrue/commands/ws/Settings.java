package io.betrue.commands.ws;

import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import java.util.Set;

/** What was chosen in {@link WebSocketCommandsConfig}. */
record Settings(
        String path,
        Origins origins,
        Set<String> headers,
        int maxMessage,
        int maxCalls,
        int perSecond,
        int burst,
        int maxConnections,
        int maxConnectionsPerAddress,
        Duration heartbeat,
        Duration patience,
        int maxUnsent,
        Duration goingWithin,
        Duration stopTimeout,
        OpenTelemetry telemetry) {}
