package io.betrue.jobs.internal;

import org.junit.jupiter.api.Nested;

/** What every place that keeps jobs must do, by subject, but for what becomes of the jobs of lost workers. Each test gets an empty store. */
public abstract class JobStoreContract {
    /** {@return the store under test, the same during a test} */
    protected abstract JobStore store();

    @Nested
    class Enqueue extends EnqueueContract {
        @Override
        protected JobStore store() {
            return JobStoreContract.this.store();
        }
    }

    @Nested
    class Keys extends KeyContract {
        @Override
        protected JobStore store() {
            return JobStoreContract.this.store();
        }
    }

    @Nested
    class Claim extends ClaimContract {
        @Override
        protected JobStore store() {
            return JobStoreContract.this.store();
        }
    }

    @Nested
    class Settle extends SettleContract {
        @Override
        protected JobStore store() {
            return JobStoreContract.this.store();
        }
    }

    @Nested
    class Control extends ControlContract {
        @Override
        protected JobStore store() {
            return JobStoreContract.this.store();
        }
    }

    @Nested
    class View extends ViewContract {
        @Override
        protected JobStore store() {
            return JobStoreContract.this.store();
        }
    }

    @Nested
    class WakeUp extends WakeUpContract {
        @Override
        protected JobStore store() {
            return JobStoreContract.this.store();
        }
    }
}
