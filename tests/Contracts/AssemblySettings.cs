// Some contracts measure the whole process (live tensors, memory, threads of libtorch), so no tests run in parallel.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
