package dev.heddle.benchmarks.compare;

import dev.heddle.benchmarks.load.Target;

/// One server as the generator sees it: where it is, and what it is sent.
record Subject(Target target, Workload workload) {}
