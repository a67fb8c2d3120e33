package io.betrue.benchmarks.jobs.faults;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Many threads of several processes enqueue the same unique keys at once. */
final class UniqueFault {
    private static final int PROCESSES = 4;
    private static final int THREADS = 8;

    private final Bench bench;
    private final int keys;

    UniqueFault(Bench bench, FaultOptions options) {
        this.bench = bench;
        this.keys = options.quick() ? 20 : 500;
    }

    void run() throws IOException {
        List<Node> nodes = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            nodes.add(Node.start(
                    bench.url(),
                    Map.of(),
                    List.of("enqueue", "unique-" + i, Integer.toString(THREADS), Integer.toString(keys))));
        }
        nodes.forEach(Node::ready);
        for (Node node : nodes) {
            node.tell("go");
        }
        Map<Integer, Set<Long>> ids = new HashMap<>();
        Map<Integer, Integer> created = new HashMap<>();
        int answers = 0;
        for (Node node : nodes) {
            for (String line = node.line(); !line.equals("done"); line = node.line()) {
                String[] words = line.split(" ", 3);
                int key = Integer.parseInt(words[0]);
                ids.computeIfAbsent(key, any -> new HashSet<>()).add(Long.parseLong(words[1]));
                created.merge(key, Boolean.parseBoolean(words[2]) ? 1 : 0, Integer::sum);
                answers++;
            }
            node.close();
        }
        report(ids, created, answers);
    }

    private void report(Map<Integer, Set<Long>> ids, Map<Integer, Integer> created, int answers) {
        bench.say(
                "%d threads in %d processes enqueue each of %d unique keys once", PROCESSES * THREADS, PROCESSES, keys);
        bench.check(answers == keys * PROCESSES * THREADS, "%,d answers", answers);
        long jobs = bench.number("select count(*) from jobs.job");
        bench.check(jobs == keys, "%,d jobs for %,d keys", jobs, keys);
        long several = ids.values().stream().filter(of -> of.size() != 1).count();
        long makers = created.values().stream().filter(of -> of != 1).count();
        bench.check(
                several == 0 && makers == 0, "%d keys with several ids, %d not made by exactly one", several, makers);
    }
}
