using System.Diagnostics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MlNetRnn.Contracts;

public abstract partial class TrainerContract
{
    [Fact]
    public void C23_Trains_between_stock_transforms_and_after_a_cache()
    {
        MLContext ml = Model.Ml;
        IEstimator<ITransformer> pipeline = Preparation(ml)
            .Append(ml.Transforms.CopyColumns("Twin", "Id"))
            .AppendCacheCheckpoint(ml)
            .Append(Create(ml))
            .Append(ml.Transforms.CopyColumns("Copy", Score));
        IDataView filtered = ml.Data.FilterRowsByColumn(Model.Raw, "Id", lowerBound: 5);
        IDataView scored = pipeline.Fit(filtered).Transform(filtered);
        Assert.Equal(55, Rows.Of(scored, "Copy").Length);
        Assert.Equal(Rows.Of(scored, Score), Rows.Of(scored, "Copy"));
    }

    [Fact]
    public void C16_One_row_trains_and_no_rows_give_a_clear_error()
    {
        IDataView none = Model.Ml.Data.FilterRowsByColumn(Model.Prepared, "Id", upperBound: -1);
        AssertThrows.With<InvalidOperationException>(() => Create(Model.Ml).Fit(none), NoRows);
        IDataView one = Take(Model.Ml, Model.Prepared, 1);
        Assert.Single(Rows.Of(Create(Model.Ml, t => t with { ValidationFraction = 0.5 }).Fit(one).Transform(one), Score));
    }

    [Fact]
    public void C24_Memory_stays_flat_over_ten_thousand_predictions()
    {
        IRowToRowMapper mapper = Model.Transformer.GetRowToRowMapper(Model.Prepared.Schema);
        long warm = 0;
        for (int round = 0; round < 10; round++)
        {
            for (int i = 0; i < 1000;)
            {
                using DataViewRowCursor source = Model.Prepared.GetRowCursor(Model.Prepared.Schema);
                using DataViewRow row = mapper.GetRow(source, mapper.OutputSchema);
                Func<string> read = Rows.Once(row, row.Schema[Score]);
                for (; i < 1000 && source.MoveNext(); i++) _ = read();
            }
            GC.Collect();
            GC.WaitForPendingFinalizers();
            if (round == 2) warm = Process.GetCurrentProcess().PrivateMemorySize64;
        }
        long grown = Process.GetCurrentProcess().PrivateMemorySize64 - warm;
        Assert.True(grown < 32 << 20, $"private memory grew by {grown >> 20} MB over 7,000 predictions");
    }
}
