package io.betrue.staticfiles;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Tarjan's strongly connected components, without recursion: a chain of any length fits. Linear in nodes and edges. */
final class Components {
    private final List<int[]> edges;
    private final int[] order;
    private final int[] low;
    private final int[] next;
    private final int[] component;
    private final Deque<Integer> path = new ArrayDeque<>();
    private final Deque<Integer> unassigned = new ArrayDeque<>();
    private final List<List<Integer>> found = new ArrayList<>();
    private int visited;

    private Components(List<int[]> edges) {
        this.edges = edges;
        order = new int[edges.size()];
        low = new int[edges.size()];
        next = new int[edges.size()];
        component = new int[edges.size()];
        Arrays.fill(component, -1);
    }

    /**
     * Groups nodes that reach each other.
     *
     * @param edges for each node the nodes it depends on
     * @return the groups; what a group depends on comes before it
     */
    static List<List<Integer>> of(List<int[]> edges) {
        Components components = new Components(edges);
        for (int node = 0; node < edges.size(); node++) {
            if (components.order[node] == 0) {
                components.visit(node);
            }
        }
        return components.found;
    }

    private void visit(int root) {
        enter(root);
        while (!path.isEmpty()) {
            int node = path.peek();
            int[] targets = edges.get(node);
            if (next[node] == targets.length) {
                leave(node);
                continue;
            }
            int target = targets[next[node]++];
            if (order[target] == 0) {
                enter(target);
            } else if (component[target] < 0) {
                low[node] = Math.min(low[node], order[target]);
            }
        }
    }

    private void enter(int node) {
        visited++;
        order[node] = visited;
        low[node] = visited;
        path.push(node);
        unassigned.push(node);
    }

    private void leave(int node) {
        path.pop();
        if (!path.isEmpty()) {
            low[path.peek()] = Math.min(low[path.peek()], low[node]);
        }
        if (low[node] != order[node]) {
            return;
        }
        List<Integer> members = new ArrayList<>();
        int member;
        do {
            member = unassigned.pop();
            component[member] = found.size();
            members.add(member);
        } while (member != node);
        found.add(members);
    }
}
