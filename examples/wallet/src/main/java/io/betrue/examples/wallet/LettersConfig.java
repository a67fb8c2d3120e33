package io.betrue.examples.wallet;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import io.betrue.examples.accounts.LogMailer;
import io.betrue.examples.accounts.Mailer;
import io.betrue.examples.accounts.SmtpMailer;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/** Who takes letters with codes. */
public final class LettersConfig extends ConfigGroup {
    public final Optional<List<URI>> servers = env("MAIL_SERVERS")
            .describedAs(
                    "Mail servers, the first that takes a letter sends it: smtps://user:password@host, smtp://… with STARTTLS, smtp://…?tls=off;"
                            + " without any, outside of prod, letters and their codes are written to the log")
            .optional()
            .requiredIn("prod")
            .secret()
            .asListOf(ValueType.of("mail server", "smtps://user:password@mail.example.org", LettersConfig::server));

    public final String from = env("MAIL_FROM")
            .describedAs("Address that letters come from")
            .orElse("wallet@localhost")
            .asString();

    private static URI server(String text) {
        URI server = URI.create(text);
        SmtpMailer unused = SmtpMailer.of(server, "nobody@localhost"); // refuses what is none
        return server;
    }

    /**
     * Reads the settings.
     *
     * @param env where they come from
     */
    public LettersConfig(Environment env) {
        super("Letters", env);
    }

    /** {@return who takes letters: the first server that does, or the log} */
    public Mailer mailer() {
        return servers.map(all -> Mailer.firstOf(
                        all.stream().map(server -> SmtpMailer.of(server, from)).toList()))
                .orElseGet(LogMailer::new);
    }
}
