using Microsoft.ML;

namespace MlNetRnn.Contracts;

/// <summary>
/// Models that a release wrote, with the scores that it gave: every later version must still read them. Run with MLNETRNN_WRITE_GOLDEN=NAME
/// (for instance format1) to write new ones into the source tree; never overwrite those of a release.
/// </summary>
internal static class GoldenModel
{
    public static float[][] ReadScores(string file) => [.. File.ReadLines(file).Select(Rows.Numbers)];

    public static void WriteIfAsked(MLContext ml, string golden, ITransformer model, IDataView rows, string score)
    {
        if (Environment.GetEnvironmentVariable("MLNETRNN_WRITE_GOLDEN") is not { Length: > 0 } name) return;
        string file = Path.Combine(Repository.Root, "tests", "Contracts", "Golden", $"{golden}.{name}.zip");
        ml.Model.Save(model, rows.Schema, file);
        File.WriteAllLines(Path.ChangeExtension(file, ".scores.txt"), Rows.Of(model.Transform(rows), score));
    }
}
