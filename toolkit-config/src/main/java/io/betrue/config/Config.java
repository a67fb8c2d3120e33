package io.betrue.config;

import java.io.PrintStream;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Loads the settings of an application: all of them, or none and every fault at once. */
public final class Config {
    private Config() {}

    /**
     * Loads settings.
     *
     * @param env where they come from
     * @param factory the constructor of the application's {@link ConfigSet}, or of a single {@link ConfigGroup}
     * @param <T> the type of the settings
     * @return the settings, every one of them sound
     * @throws ConfigException if any setting is faulty; it carries all faults
     */
    public static <T> T load(Environment env, Function<? super Environment, ? extends T> factory) {
        Session session = Session.guarded(env);
        T settings = session.construct(factory, env.in(session, "", ""));
        session.end();
        List<ConfigFault> errors = session.errors();
        if (!errors.isEmpty()) {
            throw new ConfigException(errors, session.warnings(), session.thrown());
        }
        return settings;
    }

    /**
     * Loads settings, or ends the process: prints one table per group to standard error and exits with status 1, without a
     * stack trace. Warnings are printed to standard error in either case.
     *
     * @param env where they come from
     * @param factory the constructor of the application's {@link ConfigSet}, or of a single {@link ConfigGroup}
     * @param <T> the type of the settings
     * @return the settings, every one of them sound
     */
    public static <T> T loadOrExit(Environment env, Function<? super Environment, ? extends T> factory) {
        return loadOrExit(env, factory, System.err, System::exit);
    }

    static <T> T loadOrExit(
            Environment env, Function<? super Environment, ? extends T> factory, PrintStream out, IntConsumer exit) {
        Session session = Session.guarded(env);
        T settings = session.construct(factory, env.in(session, "", ""));
        session.end();
        List<ConfigFault> errors = session.errors();
        List<ConfigFault> warnings = session.warnings();
        if (!warnings.isEmpty()) {
            out.print(FaultTable.warnings(warnings));
        }
        if (!errors.isEmpty()) {
            out.print(warnings.isEmpty() ? "" : "\n");
            out.print(FaultTable.errors(errors));
            out.flush();
            exit.accept(1);
        }
        return settings;
    }
}
