using MlNetRnn;

WebApplicationBuilder builder = WebApplication.CreateBuilder(args);
builder.Services.AddPredictionPool<Message, Prediction>("model.zip", reloadEvery: TimeSpan.FromSeconds(5));
WebApplication app = builder.Build();
app.MapPost("/classify", (Message message, PredictionPool<Message, Prediction> pool) => pool.Predict(message));
app.Run();

// Properties, not fields: System.Text.Json leaves fields out. The model of the quick start reads the column Topic, its label, which may be empty.
class Message { public string Topic { get; set; } = ""; public string Text { get; set; } = ""; }
class Prediction { public string Answer { get; set; } = ""; public float[] Score { get; set; } = []; }
