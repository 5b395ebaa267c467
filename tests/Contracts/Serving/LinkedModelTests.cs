namespace MlNetRnn.Contracts;

/// <summary>Model files behind symbolic links, which deployments replace, and behind relative paths.</summary>
public class LinkedModelTests : PoolCase
{
    /// <summary>
    /// As in a volume of Kubernetes: model.zip links to ..data/model.zip, and ..data links to a directory of one version. An update renames a new link over
    /// the old one.
    /// </summary>
    [Fact]
    public void A_swapped_link_to_a_directory_reloads_the_model()
    {
        using var folder = new TemporaryFolder();
        string Version(int number, DateTime written)
        {
            string directory = Directory.CreateDirectory(folder.File($"..v{number}")).FullName;
            Save(Train(seed: number), Path.Combine(directory, "model.zip"));
            // Both files have the same time and, with networks of the same size, nearly the same length. Only the path is certain to differ.
            File.SetLastWriteTimeUtc(Path.Combine(directory, "model.zip"), written);
            return directory;
        }
        DateTime written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        Version(1, written);
        Version(2, written);
        File.CreateSymbolicLink(folder.File("..data"), "..v1");
        File.CreateSymbolicLink(folder.File("model.zip"), Path.Combine("..data", "model.zip"));
        AssertReloads(folder.File("model.zip"), () =>
        {
            File.CreateSymbolicLink(folder.File("..data_tmp"), "..v2");
            Assert.Equal(0, Repository.Run("mv", ["-T", folder.File("..data_tmp"), folder.File("..data")]).ExitCode);
        });
    }

    [Fact]
    public void A_replaced_target_of_a_link_reloads_the_model()
    {
        using var folder = new TemporaryFolder();
        Save(Train(seed: 1), folder.File("v7.zip"));
        File.CreateSymbolicLink(folder.File("current.zip"), "v7.zip");
        AssertReloads(folder.File("current.zip"), () => Save(Train(seed: 2), folder.File("v7.zip")));
    }

    [Fact]
    public void A_link_to_another_file_reloads_the_model()
    {
        using var folder = new TemporaryFolder();
        Save(Train(seed: 1), folder.File("v7.zip"));
        Save(Train(seed: 2), folder.File("v8.zip"));
        File.CreateSymbolicLink(folder.File("current.zip"), folder.File("v7.zip"));
        AssertReloads(folder.File("current.zip"), () =>
        {
            File.CreateSymbolicLink(folder.File("next.zip"), folder.File("v8.zip"));
            File.Move(folder.File("next.zip"), folder.File("current.zip"), overwrite: true);
        });
    }

    [Fact]
    public void A_new_file_with_the_time_of_the_old_one_reloads_the_model()
    {
        using var folder = new TemporaryFolder();
        (string file, string next) = (folder.File("model.zip"), folder.File("next.zip"));
        Save(Train(seed: 1), file);
        Save(Train(seed: 2), next);
        File.SetLastWriteTimeUtc(next, File.GetLastWriteTimeUtc(file));
        AssertReloads(file, () => File.Move(next, file, overwrite: true));
    }

    [Fact]
    public void A_relative_path_belongs_to_the_directory_in_which_the_pool_was_created()
    {
        using TemporaryFolder first = new(), second = new();
        Save(Train(seed: 1), first.File("model.zip"));
        Save(Train(seed: 2), second.File("model.zip"));
        string before = Directory.GetCurrentDirectory();
        try
        {
            Directory.SetCurrentDirectory(first.FullName);
            using var pool = new PredictionPool<LabeledText, Prediction>(_ml, "model.zip");
            string version = pool.Version;
            Directory.SetCurrentDirectory(second.FullName);
            pool.Reload();
            Assert.Equal(version, pool.Version);
        }
        finally
        {
            Directory.SetCurrentDirectory(before);
        }
    }

    private void AssertReloads(string file, Action replace)
    {
        using var pool = new PredictionPool<LabeledText, Prediction>(_ml, file, Often);
        using var reloaded = new ManualResetEventSlim();
        pool.Reloaded += (_, _) => reloaded.Set();
        Assert.Equal(Expected(Train(seed: 1))[0], pool.Predict(_messages[0]).Score);
        replace();
        Assert.True(reloaded.Wait(Long));
        Assert.Equal(Expected(Train(seed: 2))[0], pool.Predict(_messages[0]).Score);
    }
}
