package io.betrue.jobs.nats;

import io.betrue.jobs.internal.Lane;
import java.util.ArrayList;
import java.util.List;

/** What lanes of one queue still have room for. One thread only. */
final class Wanted {
    private final List<Lane> lanes;
    private final List<Integer> rooms = new ArrayList<>();
    private final int allowed;
    private int taken;

    Wanted(List<Lane> lanes, int allowed) {
        this.lanes = lanes;
        this.allowed = allowed;
        lanes.forEach(lane -> rooms.add(lane.room()));
    }

    /** {@return how many more may be taken} */
    int left() {
        return Math.min(
                allowed - taken, rooms.stream().mapToInt(Integer::intValue).sum());
    }

    int taken() {
        return taken;
    }

    /** {@return whether there is room for a job, which is taken by that} */
    boolean take(Delivery delivery) {
        int lane = left() > 0 ? laneOf(delivery, 1) : -1;
        if (lane < 0) {
            return false;
        }
        rooms.set(lane, rooms.get(lane) - 1);
        taken++;
        return true;
    }

    /** Makes room again: the job was not to be run. */
    void untake(Delivery delivery) {
        int lane = laneOf(delivery, 0);
        rooms.set(lane, rooms.get(lane) + 1);
        taken--;
    }

    private int laneOf(Delivery delivery, int atLeast) {
        String type = delivery.entry.made().type();
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            boolean fits = lane.onlyType() == null
                    ? !lane.otherTypes().contains(type)
                    : lane.onlyType().equals(type);
            if (fits && rooms.get(i) >= atLeast) {
                return i;
            }
        }
        return -1;
    }
}
