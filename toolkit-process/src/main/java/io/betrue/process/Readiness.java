package io.betrue.process;

/** Whether a run wants work: what a health route tells a load balancer. */
public enum Readiness {
    /** Not yet: its parts are being started. */
    STARTING,
    /** Yes. */
    READY,
    /** No longer: it was told to stop, or something failed. This comes before the first part is stopped, and stays. */
    STOPPING;

    /** {@return whether requests should come here} */
    public boolean isReady() {
        return this == READY;
    }
}
