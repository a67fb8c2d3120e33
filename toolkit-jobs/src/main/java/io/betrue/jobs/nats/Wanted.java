package io.betrue.jobs.nats;

import io.betrue.jobs.internal.Lane;
import java.util.Arrays;
import java.util.List;

/** What lanes of one queue still have room for. One thread only. */
final class Wanted {
    private final List<Lane> lanes;
    private final int[] rooms;
    private int left;
    private int taken;

    Wanted(List<Lane> lanes, int allowed) {
        this.lanes = lanes;
        this.rooms = lanes.stream().mapToInt(Lane::room).toArray();
        this.left = Math.min(allowed, Arrays.stream(rooms).sum());
    }

    /** {@return how many more may be taken} */
    int left() {
        return left;
    }

    int taken() {
        return taken;
    }

    /** {@return whether there is room for a job, which is taken by that} */
    boolean take(Delivery delivery) {
        int lane = left > 0 ? laneOf(delivery, 1) : -1;
        if (lane < 0) {
            return false;
        }
        rooms[lane]--;
        left--;
        taken++;
        return true;
    }

    /** Makes room again: the job was not to be run. */
    void untake(Delivery delivery) {
        int lane = laneOf(delivery, 0);
        rooms[lane]++;
        left++;
        taken--;
    }

    /** {@return whether a job is of a type with a limit that has no room now} */
    boolean isFull(Delivery delivery) {
        String type = delivery.entry.made().type();
        return lanes.stream()
                        .anyMatch(lane -> type.equals(lane.onlyType())
                                || lane.otherTypes().contains(type))
                && laneOf(delivery, 1) < 0;
    }

    private int laneOf(Delivery delivery, int atLeast) {
        String type = delivery.entry.made().type();
        for (int i = 0; i < lanes.size(); i++) {
            Lane lane = lanes.get(i);
            boolean fits = lane.onlyType() == null
                    ? !lane.otherTypes().contains(type)
                    : lane.onlyType().equals(type);
            if (fits && rooms[i] >= atLeast) {
                return i;
            }
        }
        return -1;
    }
}
