package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Calls of commands, over HTTP and WebSocket alike. */
public final class CallsConfig extends ConfigGroup {
    private static final Pattern ORIGIN = Pattern.compile("https?://[^\\s/]+");

    public final int rate = env("CALLS_PER_SECOND")
            .describedAs("How many calls a second one user may make, and one address whose callers are not signed in")
            .orElse(200)
            .between(1, 1_000_000)
            .asInt();

    public final Optional<List<String>> origins = env("WS_ORIGINS")
            .describedAs("Origins whose pages may open a WebSocket beside those of the application itself")
            .optional()
            .asListOf(ValueType.matching(ORIGIN));

    public final ResponseMode responseCheck = env("RESPONSE_CHECK")
            .describedAs(
                    "What is done about an answer that does not fit its schema: it goes out and is logged, or becomes a 500")
            .orElse(ResponseMode.LOG)
            .asEnum(ResponseMode.class);

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public CallsConfig(Environment env) {
        super("Commands", env);
    }
}
