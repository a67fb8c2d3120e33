package io.betrue.examples.microservices;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.examples.wallet.ResponseMode;

/** What a service answers. */
final class AnswersConfig extends ConfigGroup {
    final ResponseMode responseCheck = env("RESPONSE_CHECK")
            .describedAs(
                    "What is done about an answer that does not fit its schema: it goes out and is logged, or becomes a 500")
            .orElse(ResponseMode.LOG)
            .asEnum(ResponseMode.class);

    AnswersConfig(Environment env) {
        super("Answers", env);
    }
}
