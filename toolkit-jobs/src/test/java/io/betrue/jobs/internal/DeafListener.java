package io.betrue.jobs.internal;

/** Hears nothing but what a subclass wants to. */
public class DeafListener implements StoreListener {
    @Override
    public void jobsWaiting(String queue) {}

    @Override
    public void cancelled(long id) {}

    @Override
    public void lost(long id) {}

    @Override
    public void beatNow() {}

    @Override
    public void upkeepNow() {}

    @Override
    public void wakeUpsLost() {}
}
