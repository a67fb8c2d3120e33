package io.betrue.testsupport;

import io.betrue.localservers.NatsRelease;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A NATS server with JetStream that all test classes of a JVM share.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestNats NATS = TestNats.shared();
 * }</pre>
 * The first class starts it, and it ends with the JVM. Tests stay apart by names: each takes a {@link #namespace()} and
 * begins the names of its streams and subjects with it. A test that harms its server has a {@link NatsNode} of its own.
 * Safe for use by multiple threads.
 */
public final class TestNats implements BeforeAllCallback {
    private static final TestNats SHARED = new TestNats(NatsRelease.USUAL);
    private static final TestNats SCHEDULES = new TestNats(NatsRelease.SCHEDULES);

    private final NatsRelease release;

    private final AtomicInteger namespaces = new AtomicInteger();
    private @Nullable NatsNode node;
    private @Nullable String failure;

    private TestNats(NatsRelease release) {
        this.release = release;
    }

    /** {@return the extension for a static field with {@code @RegisterExtension}, the same for every class} */
    public static TestNats shared() {
        return SHARED;
    }

    /**
     * {@return the extension of the one server of a release that all classes share}
     *
     * @param release which
     */
    public static TestNats shared(NatsRelease release) {
        return release == NatsRelease.USUAL ? SHARED : SCHEDULES;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        url();
    }

    /**
     * {@return the address of the server, which is started unless it runs}
     *
     * @throws IllegalStateException if it does not start; a failure is remembered
     */
    public synchronized String url() {
        if (failure != null) {
            throw new IllegalStateException(failure);
        }
        if (node == null) {
            try {
                node = NatsNode.start(release);
            } catch (IllegalStateException e) {
                failure = e.getMessage();
                throw e;
            }
        }
        return node.url();
    }

    /** {@return a name of lower-case letters and digits that no earlier call gave, and that none begins with} */
    public String namespace() {
        // the letter at the end keeps "t1t" from being the beginning of "t12t"
        return "t" + namespaces.incrementAndGet() + "t";
    }
}
