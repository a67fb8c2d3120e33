package io.betrue.errors;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects what is logged while it is open, by every logger; the plugin's own from DEBUG. */
final class LogProbe extends AppenderBase<ILoggingEvent> implements AutoCloseable {
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Logger own = (Logger) LoggerFactory.getLogger(ErrorsPlugin.class);
    private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

    LogProbe() {
        start();
        own.setLevel(Level.DEBUG);
        root.addAppender(this);
    }

    @Override
    protected void append(ILoggingEvent event) {
        event.getMDCPropertyMap(); // taken now, on this thread
        events.add(event);
    }

    /** What was logged under a trace id. */
    List<ILoggingEvent> of(String traceId) {
        return events.stream()
                .filter(event -> traceId.equals(event.getMDCPropertyMap().get(Exchange.MDC_KEY)))
                .toList();
    }

    List<ILoggingEvent> atLeast(Level level) {
        return events.stream()
                .filter(event -> event.getLevel().isGreaterOrEqual(level))
                .toList();
    }

    @Override
    public void close() {
        root.detachAppender(this);
        own.setLevel(null);
    }
}
