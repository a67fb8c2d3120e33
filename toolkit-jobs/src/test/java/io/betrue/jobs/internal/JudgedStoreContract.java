package io.betrue.jobs.internal;

import org.junit.jupiter.api.Nested;

/** What every place must do where workers judge whether others live. */
public abstract class JudgedStoreContract extends JobStoreContract {
    @Nested
    class Rescue extends RescueContract {
        @Override
        protected JobStore store() {
            return JudgedStoreContract.this.store();
        }
    }
}
