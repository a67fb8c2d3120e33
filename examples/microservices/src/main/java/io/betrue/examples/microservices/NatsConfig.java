package io.betrue.examples.microservices;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import java.util.List;
import java.util.regex.Pattern;

/** What joins the processes. */
final class NatsConfig extends ConfigGroup {
    private static final Pattern URL = Pattern.compile("(nats|tls)://[^\\s,]+");

    final List<String> urls = env("NATS_URL")
            .describedAs("NATS servers of one cluster, with JetStream; without it nats://127.0.0.1:4222")
            .orElse(List.of("nats://127.0.0.1:4222"))
            .secret()
            .asListOf(ValueType.matching(URL));

    NatsConfig(Environment env) {
        super("NATS", env);
    }
}
