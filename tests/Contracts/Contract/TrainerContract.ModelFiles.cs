using Microsoft.ML;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C07_Golden_models_of_every_released_format_load_and_predict_the_recorded_scores()
    {
        GoldenModel.WriteIfAsked(Model.Ml, GoldenName, Model.Transformer, HardRows(Model.Ml), Score);
        GoldenModel.AssertAllLoad(GoldenName, HardRows(Model.Ml), Score);
    }

    [Fact]
    public void C07_Truncated_files_are_refused()
    {
        byte[] bytes = Model.Ml.SaveToBytes(Model.Transformer, Model.Prepared.Schema);
        foreach (int length in new[] { 0, 1, bytes.Length / 4, bytes.Length / 2, bytes.Length - 30, bytes.Length - 1 })
            Assert.ThrowsAny<Exception>(() => new MLContext().LoadFromBytes(bytes[..length]));
    }

    [Fact]
    public void C07_Mutated_files_are_refused_or_predict_the_same()
    {
        byte[] bytes = Model.Saved;
        string[] expected = Rows.Of(Model.Scored, Outputs);
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            byte[] mutated = [.. bytes];
            for (int flips = random.Next(1, 4); flips > 0; flips--) mutated[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            ITransformer loaded;
            try
            {
                loaded = new MLContext().LoadFromBytes(mutated);
            }
            catch (Exception e)
            {
                Assert.NotEmpty(e.GetBaseException().Message);
                continue;
            }
            Assert.Equal(expected, Rows.Of(loaded.Transform(Model.Prepared), Outputs));
        }
    }

    [Fact]
    public void C07_A_flipped_bit_is_reported_with_the_name_of_the_damaged_part()
    {
        byte[] damaged = DamagedModel.WithFlippedBit(Model.Saved, NetworkPart);
        Exception e = Assert.ThrowsAny<Exception>(() => new MLContext().LoadFromBytes(damaged)).GetBaseException();
        Assert.IsType<FormatException>(e);
        Assert.Contains("damaged", e.Message);
        Assert.Contains(NetworkPart, e.Message);
    }
}
