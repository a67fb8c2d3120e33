package io.betrue.jobs.nats;

import org.jspecify.annotations.Nullable;

/**
 * What became of the attempts before a delivery, as far as the server and the record tell. The server counts deliveries and the record says what its last writer knew: deliveries
 * since then of which nothing is written began, and nobody lived to say how they ended.
 *
 * @param begun attempts that count
 * @param died whether the last of them was cut off
 */
record Past(int begun, boolean died) {
    /**
     * {@return what is known}
     *
     * @param record what is written of the message that is delivered, or {@code null}
     */
    static Past of(Delivery delivery, Leases.@Nullable Lease record) {
        long missed = Math.max(0, delivery.delivered - 1 - (record == null ? 0 : record.delivered()));
        int known = record == null ? delivery.entry.attempt() : record.attempt();
        boolean died = missed > 0 || (record != null && record.state() == Leases.State.RUNNING);
        return new Past(known + (int) missed, died);
    }
}
