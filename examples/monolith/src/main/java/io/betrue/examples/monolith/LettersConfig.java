package io.betrue.examples.monolith;

import io.betrue.config.ConfigGroup;
import io.betrue.config.Environment;
import io.betrue.config.ValueType;
import io.betrue.examples.accounts.CodeOptions;
import io.betrue.examples.accounts.LogMailer;
import io.betrue.examples.accounts.Mailer;
import io.betrue.examples.accounts.SmtpMailer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Letters with codes, and who takes them. */
final class LettersConfig extends ConfigGroup {
    final Optional<List<URI>> servers = env("MAIL_SERVERS")
            .describedAs(
                    "Mail servers, the first that takes a letter sends it: smtps://user:password@host, smtp://… with STARTTLS, smtp://…?tls=off;"
                            + " without any, outside of prod, letters and their codes are written to the log")
            .optional()
            .requiredIn("prod")
            .secret()
            .asListOf(ValueType.of("mail server", "smtps://user:password@mail.example.org", LettersConfig::server));

    final String from = env("MAIL_FROM")
            .describedAs("Address that letters come from")
            .orElse("wallet@localhost")
            .asString();

    final int codeLength = env("ACCOUNTS_CODE_LENGTH")
            .describedAs("Letters and digits of a code, each worth 5 bits")
            .orElse(10)
            .between(8, 20)
            .asInt();

    final int codeAttempts = env("ACCOUNTS_CODE_ATTEMPTS")
            .describedAs("How often a code may be tried")
            .orElse(5)
            .between(1, 20)
            .asInt();

    final Duration confirmationLifetime = env("ACCOUNTS_CONFIRMATION_LIFETIME")
            .describedAs("How long a code for confirmation is taken")
            .orElse("24h")
            .between("1m", "7d")
            .asDuration();

    final Duration recoveryLifetime = env("ACCOUNTS_RECOVERY_LIFETIME")
            .describedAs("How long a code for a new password is taken")
            .orElse("1h")
            .between("1m", "1d")
            .asDuration();

    final Duration pause = env("ACCOUNTS_LETTER_PAUSE")
            .describedAs("How long to wait between two letters to one address for one purpose")
            .orElse("1m")
            .between("1s", "1h")
            .asDuration();

    final int perDay = env("ACCOUNTS_LETTERS_PER_DAY")
            .describedAs("How many letters one address gets in a day for one purpose")
            .orElse(10)
            .between(1, 100)
            .asInt();

    private static URI server(String text) {
        URI server = URI.create(text);
        SmtpMailer unused = SmtpMailer.of(server, "nobody@localhost"); // refuses what is none
        return server;
    }

    LettersConfig(Environment env) {
        super("Letters", env);
    }

    CodeOptions codes() {
        return new CodeOptions(codeLength, codeAttempts, confirmationLifetime, recoveryLifetime, pause, perDay);
    }

    Mailer mailer() {
        return servers.map(all -> Mailer.firstOf(
                        all.stream().map(server -> SmtpMailer.of(server, from)).toList()))
                .orElseGet(LogMailer::new);
    }
}
