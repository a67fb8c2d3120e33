package io.betrue.process;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The logger, made when something is first said: by then the application has set its logging up. */
final class Log {
    private static final class Holder {
        static final Logger LOGGER = LoggerFactory.getLogger("io.betrue.process");
    }

    private Log() {}

    static Logger log() {
        return Holder.LOGGER;
    }
}
