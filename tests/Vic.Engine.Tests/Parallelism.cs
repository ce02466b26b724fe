// The sweeps mostly wait for answers that a lab holds back; one of them a processor would leave the processors idle.
[assembly: CollectionBehavior(MaxParallelThreads = 8)]
