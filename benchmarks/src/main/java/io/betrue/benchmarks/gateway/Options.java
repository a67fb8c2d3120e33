package io.betrue.benchmarks.gateway;

import java.util.ArrayList;
import java.util.List;

/**
 * What the command line says.
 *
 * @param modes what is measured or harmed, one after the other
 * @param quick whether small sizes do
 * @param rounds how often each is measured
 * @param seconds how long one measurement lasts
 * @param connections how many connections a throughput is measured over
 * @param systems whose throughput is measured
 */
record Options(List<String> modes, boolean quick, int rounds, double seconds, int connections, List<String> systems) {
    static final List<String> FIGURES = List.of("rates", "latency", "neighbour");
    static final List<String> SYSTEMS = List.of("local", "gateway", "moleculer");
    static final List<String> FAULTS = List.of("kill", "restart", "outage");

    static Options of(String[] arguments) {
        List<String> modes = new ArrayList<>();
        boolean quick = List.of(arguments).contains("--quick");
        int rounds = quick ? 1 : 5;
        double seconds = quick ? 2 : 8;
        int connections = 32;
        List<String> systems = SYSTEMS;
        for (int i = 0; i < arguments.length; i++) {
            String argument = arguments[i];
            if (FIGURES.contains(argument) || FAULTS.contains(argument) || argument.equals("stream")) {
                modes.add(argument);
            } else if (argument.equals("faults")) {
                modes.addAll(FAULTS);
            } else if (argument.equals("--rounds") && i + 1 < arguments.length) {
                rounds = Integer.parseInt(arguments[++i]);
            } else if (argument.equals("--seconds") && i + 1 < arguments.length) {
                seconds = Double.parseDouble(arguments[++i]);
            } else if (argument.equals("--connections") && i + 1 < arguments.length) {
                connections = Integer.parseInt(arguments[++i]);
            } else if (argument.equals("--systems") && i + 1 < arguments.length) {
                systems = List.of(arguments[++i].split(","));
            } else if (!argument.equals("--quick")) {
                throw new IllegalArgumentException(
                        argument + " is no option, or lacks a value; the head of benchmarks/gateway names them all");
            }
        }
        return new Options(
                modes.isEmpty() ? FIGURES : List.copyOf(modes), quick, rounds, seconds, connections, systems);
    }
}
