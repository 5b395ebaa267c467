using FsCheck.Xunit;

// Tests are the same in every run: a property is tried with the same values each time. Take the seed out to search with others.
[assembly: Properties(Replay = "20261127,1")]
