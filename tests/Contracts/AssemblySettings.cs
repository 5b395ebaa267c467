// Some contracts look at the whole process (living tensors, memory, libtorch's threads): nothing else may run beside them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
