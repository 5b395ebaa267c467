// Some tests count threads or measure the whole process, so no tests run in parallel.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
