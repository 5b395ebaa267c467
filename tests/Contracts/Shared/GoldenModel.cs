using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>
/// Models that a release saved, with the scores that it computed. Every later version must still load them. Set MLNETRNN_WRITE_GOLDEN=NAME
/// (for example format1) to write new models into the source tree. Never overwrite those of a release.
/// </summary>
internal static class GoldenModel
{
    /// <summary>Asserts that the models of a name load, and that each returns the scores it was saved with.</summary>
    public static void AssertAllLoad(string golden, IDataView rows, string score)
    {
        string[] files = Directory.GetFiles(Repository.Golden, $"{golden}.*.zip");
        Assert.NotEmpty(files);
        foreach (string file in files)
        {
            IDataView scored = new MLContext().Model.Load(file, out _).Transform(rows);
            float[][] recorded = [.. File.ReadLines(Path.ChangeExtension(file, ".scores.txt")).Select(Rows.Numbers)];
            Rows.AssertClose(recorded, Rows.Scores(scored, score));
        }
    }

    public static void WriteIfAsked(MLContext ml, string golden, ITransformer model, IDataView rows, string score)
    {
        if (Environment.GetEnvironmentVariable("MLNETRNN_WRITE_GOLDEN") is not { Length: > 0 } name) return;
        string file = Path.Combine(Repository.Golden, $"{golden}.{name}.zip");
        ml.Model.Save(model, rows.Schema, file);
        File.WriteAllLines(Path.ChangeExtension(file, ".scores.txt"), Rows.Of(model.Transform(rows), score));
    }
}
