using FsCheck.Xunit;

// Property tests use the same values in every run. Remove the seed to search with other values.
[assembly: Properties(Replay = "20261127,1")]
