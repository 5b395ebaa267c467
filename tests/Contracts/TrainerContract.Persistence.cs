using System.Text.Json;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C05_saved_and_loaded_gives_the_same_bits()
    {
        byte[] bytes = Save(Model.Ml, Model.Transformer, Model.Prepared.Schema);
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(bytes), out DataViewSchema schema);
        Assert.Equal(Model.Prepared.Schema.Select(c => c.Name), schema.Select(c => c.Name));
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Rows.Of(loaded.Transform(Model.Prepared), Outputs));
        Assert.Equal(Describe(ShapeOf(Model.Scored.Schema)), Describe(ShapeOf(loaded.GetOutputSchema(Model.Prepared.Schema))));
    }

    [Fact]
    public void C05_a_loaded_model_saves_the_same_bytes_again()
    {
        byte[] first = Save(Model.Ml, Model.Transformer, null);
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(first), out _);
        byte[] second = Save(new MLContext(), loaded, null);
        Assert.Equal(Parts(first), Parts(second));
    }

    [Fact]
    public void C05_a_fresh_process_loads_it_with_nothing_but_an_MLContext()
    {
        using var folder = new TemporaryFolder();
        (string model, string chain, string data) = (folder.File("model.zip"), folder.File("chain.zip"), folder.File("data.idv"));
        Model.Ml.Model.Save(Model.Transformer, Model.Prepared.Schema, model);
        ITransformer longer = Model.Preparation.Append(Model.Transformer).Append(Model.Ml.Transforms.CopyColumns("Copy", Score).Fit(Model.Scored));
        Model.Ml.Model.Save(longer, Model.Raw.Schema, chain);

        SaveBinary(Model.Prepared, data);
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Repository.PredictInFreshProcess(model, data, Outputs));
        SaveBinary(Model.Raw, data);
        Assert.Equal(Rows.Of(longer.Transform(Model.Raw), [.. Outputs, "Copy"]), Repository.PredictInFreshProcess(chain, data, [.. Outputs, "Copy"]));
    }

    [Fact]
    public void C05_models_move_between_the_supported_versions_of_ML_NET_both_ways()
    {
        using var folder = new TemporaryFolder();
        (string model, string saved, string data) = (folder.File("model.zip"), folder.File("saved.zip"), folder.File("data.idv"));
        Model.Ml.Model.Save(Model.Transformer, Model.Prepared.Schema, model);
        SaveBinary(Model.Prepared, data);
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Repository.PredictOnOldestMLNet(model, data, [.. Outputs, "--save", saved]));
        Assert.Equal(Rows.Of(Model.Scored, Outputs), Rows.Of(new MLContext().Model.Load(saved, out _).Transform(Model.Prepared), Outputs));
    }

    [Fact]
    public void C05_saves_and_loads_with_a_data_loader()
    {
        using var folder = new TemporaryFolder();
        string text = folder.File("data.tsv"), model = folder.File("model.zip");
        using (FileStream stream = File.Create(text)) Model.Ml.Data.SaveAsText(Model.Raw, stream);
        TextLoader loader = Model.Ml.Data.CreateTextLoader(TextLoaderOptions(Model.Raw.Schema));
        ITransformer chain = Model.Preparation.Append(Model.Transformer);
        Model.Ml.Model.Save(chain, loader, model);
        IDataView viaLoader = new MLContext().Model.LoadWithDataLoader(model, out IDataLoader<IMultiStreamSource> loadedLoader).Transform(loadedLoader.Load(new MultiFileSource(text)));
        Assert.Equal(Rows.Of(chain.Transform(loader.Load(text)), Outputs), Rows.Of(viaLoader, Outputs));
    }

    [Fact]
    public void C06_every_option_survives()
    {
        ITransformer loaded = new MLContext().Model.Load(new MemoryStream(Save(Model.Ml, Model.Transformer, null)), out _);
        RnnTransformer again = loaded as RnnTransformer ?? ((IEnumerable<ITransformer>)loaded).OfType<RnnTransformer>().Single();
        Assert.Equal(JsonSerializer.Serialize(Model.Transformer.Model.Spec), JsonSerializer.Serialize(again.Model.Spec));
        Assert.Equal(Model.Transformer.ToString(), again.ToString());
    }

    [Fact]
    public void C07_golden_models_of_every_released_format_load_and_predict_as_recorded()
    {
        GoldenModel.WriteIfAsked(Model.Ml, GoldenName, Model.Transformer, HardRows(Model.Ml), Score);
        string[] golden = Directory.GetFiles(Path.Combine(Repository.Root, "tests", "Contracts", "Golden"), $"{GoldenName}.*.zip");
        Assert.NotEmpty(golden);
        foreach (string file in golden)
        {
            IDataView scored = new MLContext().Model.Load(file, out _).Transform(HardRows(Model.Ml));
            Rows.AssertClose(GoldenModel.ReadScores(Path.ChangeExtension(file, ".scores.txt")), Rows.Scores(scored, Score));
        }
    }

    [Fact]
    public void C07_truncated_files_are_refused()
    {
        byte[] bytes = Save(Model.Ml, Model.Transformer, Model.Prepared.Schema);
        foreach (int length in new[] { 0, 1, bytes.Length / 4, bytes.Length / 2, bytes.Length - 30, bytes.Length - 1 })
            Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(new MemoryStream(bytes[..length]), out _));
    }

    [Fact]
    public void C07_mutated_files_are_refused_or_predict_the_same()
    {
        byte[] bytes = Save(Model.Ml, Model.Transformer, null);
        string[] expected = Rows.Of(Model.Scored, Outputs);
        var random = new Random(7);
        for (int i = 0; i < 500; i++)
        {
            byte[] mutated = [.. bytes];
            for (int flips = random.Next(1, 4); flips > 0; flips--) mutated[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
            ITransformer loaded;
            try
            {
                loaded = new MLContext().Model.Load(new MemoryStream(mutated), out _);
            }
            catch (Exception e)
            {
                Assert.NotEmpty(Innermost(e).Message);
                continue;
            }
            Assert.Equal(expected, Rows.Of(loaded.Transform(Model.Prepared), Outputs));
        }
    }

    [Fact]
    public void C07_a_flipped_bit_in_a_part_is_named()
    {
        byte[] damaged = DamagedModel.WithFlippedBit(Save(Model.Ml, Model.Transformer, null), "Network.onnx");
        Exception e = Innermost(Assert.ThrowsAny<Exception>(() => new MLContext().Model.Load(new MemoryStream(damaged), out _)));
        Assert.IsType<FormatException>(e);
        Assert.Contains("damaged", e.Message);
        Assert.Contains("Network.onnx", e.Message);
    }

    private void SaveBinary(IDataView data, string file)
    {
        using FileStream stream = File.Create(file);
        Model.Ml.Data.SaveAsBinary(data, stream);
    }

    private static IReadOnlyDictionary<string, string> Parts(byte[] zip) => DamagedModel.Parts(zip).ToDictionary(part => part.Name, part => Convert.ToHexString(part.Content));

    private static TextLoader.Options TextLoaderOptions(DataViewSchema schema)
    {
        // SaveAsText writes the columns one after another, a vector over as many fields as it has slots.
        int at = 0;
        var columns = new List<TextLoader.Column>();
        foreach (DataViewSchema.Column column in schema)
        {
            int size = column.Type is VectorDataViewType vector ? vector.Size : 1;
            DataKind kind = ((column.Type as VectorDataViewType)?.ItemType ?? column.Type) switch
            {
                TextDataViewType => DataKind.String,
                BooleanDataViewType => DataKind.Boolean,
                _ => DataKind.Single,
            };
            columns.Add(size == 1 ? new TextLoader.Column(column.Name, kind, at) : new TextLoader.Column(column.Name, kind, at, at + size - 1));
            at += size;
        }
        return new TextLoader.Options { Columns = [.. columns], HasHeader = true, AllowQuoting = true, Separators = ['\t'] };
    }
}
